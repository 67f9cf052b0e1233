"""A stateful emulator of the Archive, InsightIQ and Storyclash APIs."""

__version__ = "0.1.0"
