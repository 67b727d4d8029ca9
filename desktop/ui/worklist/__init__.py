"""The desk: every case at a glance, and what to do next."""
