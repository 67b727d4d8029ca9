"""References in the window: the library read, searched, checked, and the user's own entries written."""
