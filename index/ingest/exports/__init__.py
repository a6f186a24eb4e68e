"""Exports and feeds: files with an article a row or an entry."""
