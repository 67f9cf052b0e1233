"""InsightIQ's jobs: one module per family, with what is asked, what comes of it, and how both are shown."""
