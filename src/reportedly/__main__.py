"""``python -m reportedly`` and the command ``reportedly``."""

import signal
import sys
from types import FrameType

from reportedly import cli

__all__ = ["main"]


def main() -> None:
    """Run the command; asked to end (SIGTERM), it ends in order, and its workers with it."""
    signal.signal(signal.SIGTERM, _end)
    cli.main()


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
