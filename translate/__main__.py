"""`python -m translate` is the command `translate`."""

from __future__ import annotations

from translate.cli.app import main

if __name__ == "__main__":
    main()
