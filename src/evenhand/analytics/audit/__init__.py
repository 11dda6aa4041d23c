"""An audit of ratings: measured, small numbers hidden, and the rest told in plain words."""
