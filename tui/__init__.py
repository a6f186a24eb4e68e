"""Everything on the screen and on the command line."""
