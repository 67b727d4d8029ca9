"""The letter check: what keeps a letter from being issued, and what to look at again."""
