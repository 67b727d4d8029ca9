"""From a determination to paper: composing, checking and rendering letters; it never reads or writes the store."""
