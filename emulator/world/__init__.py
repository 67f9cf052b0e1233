"""Worlds: isolated universes with their own population, state, clock and credentials."""
