"""Writing a criteria set in the window, as outline and form or as text."""
