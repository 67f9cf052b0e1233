"""Jobs, whatever the vendor: asked for now, done later on the world's clock, with outcomes on command."""
