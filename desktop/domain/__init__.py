"""Values and rules of the field: no I/O, no Qt, no SQL, no clock of its own."""
