"""What is handed on: the gradebook, tables for other systems, pages for people."""
