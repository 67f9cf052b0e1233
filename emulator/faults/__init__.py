"""Faults on command: what is between a client and a vendor when things go wrong."""
