"""The reference library of the letters: reading, searching, exchange, styles, checks."""
