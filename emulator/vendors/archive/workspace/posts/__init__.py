"""Items by the addresses of their posts."""
