"""An audit of ratings: numbers are measured, small ones hidden, and the rest told in plain words."""
