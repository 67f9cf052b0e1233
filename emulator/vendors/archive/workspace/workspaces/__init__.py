"""Workspaces, what they listen for, and their campaigns."""
