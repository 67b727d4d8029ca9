"""From the outside world to a case: files are read here, checked in words, and never guessed at."""
