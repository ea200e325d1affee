"""Groups of commands that need both the curriculum and the records."""
