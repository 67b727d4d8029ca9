"""From a case and its review to the blocks of a letter."""
