"""What users put items and lists into: collections, views, their groups, saved filters."""
