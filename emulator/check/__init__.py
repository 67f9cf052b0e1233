"""The contract suite: holds any server, the real one or the emulated one, to `contracts/`."""
