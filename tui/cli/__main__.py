"""Runs `python -m tui.cli` like `parallax`."""

import sys

from tui.cli.entry import main

sys.exit(main())
