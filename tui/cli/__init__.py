"""The command line: it opens the reader, and prints whatever the reader shows."""
