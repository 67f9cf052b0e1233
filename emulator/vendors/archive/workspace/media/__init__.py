"""The files of items, and what is said in them."""
