"""Ratios against a bare server, taken in one run: `make bench`."""
