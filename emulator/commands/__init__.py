"""Commands that talk to a running emulator by its control API, and those on recipes; each module is one group."""
