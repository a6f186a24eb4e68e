"""Persons, organisations, places, groups, dates, figures and weapons: found and linked.

`recognise` and `recognise_article` find mentions, `link` gives the spellings of one name one
entity, and `entities_of` makes the records. Words and names are known from `lexicons/`.
"""

from index.entities.link import link
from index.entities.recognise import recognise, recognise_article
from index.entities.records import entities_of

__all__ = ["entities_of", "link", "recognise", "recognise_article"]
