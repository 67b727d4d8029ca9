"""From the frozen content of a letter to bytes: PDF and plain text."""
