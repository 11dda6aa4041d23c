"""Pages on which the organization says what it wants to reach."""
