"""Custom attributes, and conditions on them."""
