"""Typing a payer's criteria set into the window, as rows or as text."""
