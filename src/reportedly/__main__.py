"""``python -m reportedly`` and the command ``reportedly``."""

from reportedly.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
