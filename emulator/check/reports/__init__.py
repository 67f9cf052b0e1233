"""A report as text for a terminal, as JUnit XML, as JSON, and as one HTML page."""
