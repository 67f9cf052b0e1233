"""From the documents in `contracts/` to operations that handlers are bound to."""
