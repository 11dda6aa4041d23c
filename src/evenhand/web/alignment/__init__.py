"""The map of what leads to what, and how well goals lead to the strategy."""
