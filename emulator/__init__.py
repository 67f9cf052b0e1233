"""A stateful emulator of the Archive, InsightIQ and Storyclash APIs."""

__version__ = "0.1.0"
NAME = "creator-api-emulator"  # by which the control API knows itself
API = "v0"  # the control API that clients of this version speak
