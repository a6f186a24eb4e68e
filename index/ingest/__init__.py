"""A file becomes articles: bytes, text, paragraphs with a kind, and what the article is called.

`find_files` walks folders, `read_file` reads one file, `sanitise` makes any text from outside safe.
"""

from index.ingest.article import article_id
from index.ingest.files import FoundFile, find_files, locator_of
from index.ingest.reading import read_file
from index.ingest.sanitise import sanitise, sanitise_line

__all__ = [
    "FoundFile",
    "article_id",
    "find_files",
    "locator_of",
    "read_file",
    "sanitise",
    "sanitise_line",
]
