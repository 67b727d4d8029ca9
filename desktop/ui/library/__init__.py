"""The criteria library: every set to find, read, compare, try and hand on; editing one belongs to the editor."""
