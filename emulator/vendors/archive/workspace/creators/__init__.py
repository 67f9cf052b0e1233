"""Creators and their social profiles."""
