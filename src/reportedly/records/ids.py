"""What an id looks like: the digest that names every record."""

import re
from collections.abc import Iterable

_ID = re.compile(r"[0-9a-f]{20}")


def find_odd_ids(ids: Iterable[str]) -> list[str]:
    """Return those that are no ids: an id is 20 hexadecimal characters, in small letters."""
    return [name for name in dict.fromkeys(ids) if _ID.fullmatch(name) is None]
