"""What is said on standard error while documents are read, the same in the command's process and in its workers."""

import logging
import sys

_LIBRARIES = ("charset_normalizer", "hishel", "httpcore", "httpx", "pypdf", "stamina", "trafilatura")
"""They complain of single documents, which have outcomes of their own."""
_DOUBLING = ("psycopg",)
"""They warn of what follows from an error that is raised, and told of, anyway."""
_CHATTY = ("alembic",)
"""They tell of every step they take, which only whoever asks for details wants to know."""


def set_up_logging(level: int) -> None:
    """Log to standard error from a level on; the libraries that read formats only where details are asked for."""
    plain = level > logging.INFO
    form = "reportedly: %(message)s" if plain else "%(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=level, format=form, stream=sys.stderr)
    if plain:
        for library in _LIBRARIES:
            logging.getLogger(library).setLevel(logging.CRITICAL)
        for library in _DOUBLING:
            logging.getLogger(library).setLevel(logging.ERROR)
    if level > logging.DEBUG:
        for library in _CHATTY:
            logging.getLogger(library).setLevel(logging.WARNING)
