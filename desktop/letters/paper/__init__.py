"""From the frozen content of a letter to bytes: PDF, tagged PDF, DOCX and plain text."""
