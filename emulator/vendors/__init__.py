"""The vendors. They never import each other."""
