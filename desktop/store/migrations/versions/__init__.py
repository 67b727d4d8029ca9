"""One module for each schema; a released one never changes."""
