"""The emulator's own interface under `/_emulator`, bound to its contract like those of the vendors."""
