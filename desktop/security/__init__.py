"""Keys, sessions, the audit chain and redaction: it knows no database, no window and no patient's data."""
