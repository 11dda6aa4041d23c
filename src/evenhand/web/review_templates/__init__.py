"""Writing the templates by which people are reviewed."""
