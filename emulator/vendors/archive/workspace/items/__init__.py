"""Items: which, in what order, with what."""
