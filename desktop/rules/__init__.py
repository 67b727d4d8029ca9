"""The criteria language: reading sets, checking them, and evaluating them in three-valued logic."""
