"""What the user made, which nobody else can make again: corrections, saved searches, history.

All of it is in one SQLite file in the user's data directory, for all collections.
"""

from index.userdata.corrections import Correction, Corrections
from index.userdata.file import NAME, DamagedData, UserData
from index.userdata.searches import KeptSearch, KeptSearches

__all__ = [
    "NAME",
    "Correction",
    "Corrections",
    "DamagedData",
    "KeptSearch",
    "KeptSearches",
    "UserData",
]
