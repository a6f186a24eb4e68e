"""The screens of the reader, one file each with its style beside it."""
