"""Preferences and places on disk: nothing here may hold patient data or keys."""
