"""What letters are written on and with, in the window: the form of a template, fields of the record, known words."""
