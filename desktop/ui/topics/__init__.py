"""Argument topics in the window: what a reviewer may argue with, to read and to follow to its sources."""
