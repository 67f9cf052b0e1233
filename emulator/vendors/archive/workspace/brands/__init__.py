"""Competitors' brands."""
