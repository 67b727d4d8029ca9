"""Named operations over the store: the only way anything is written, for the window and the command line alike."""
