"""Indicated: criteria beside the record, evidence by the word, appeal letters that can be traced."""

__version__ = "0.1.0"
