"""Everything on the screen and on the command line."""

__version__ = "0.1.0"
