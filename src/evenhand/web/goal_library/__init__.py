"""Goals to start from: looked for, kept in order."""
