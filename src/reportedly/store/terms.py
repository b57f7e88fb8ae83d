"""What a claim can be found by besides its words: actors, places, outlets, voices, kinds and times, as terms.

A term is a number of 64 bits made from its name, so that no table of names is needed that all writers would meet in. An
actor's code is found by each of its beginnings: ``VEN/GOV`` by ``VEN`` as well.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

from reportedly.records.claim import Claim, PlaceRole
from reportedly.records.grounding import GroundedActor, GroundedSource, Grounding, is_private
from reportedly.store.codec import OPEN_END, OPEN_START, find_days

_SHORT = 7
"""Events of up to so many days are found by each day."""
_MIDDLE = 92
"""Events of up to so many days are found by each month; longer ones by each year."""
_LONG = 3660
"""Longer or open ones are looked through one by one."""
_MAX_DAYS = 45
_MAX_MONTHS = 36
HEDGED = "hedged"
_ENDLESS = "time:endless"


def make_term(name: str) -> int:
    """Return the number of a term."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def name_kind(event_type: str, status: str) -> str:
    """Return the name of the term for a type with a status."""
    return f"kind:{event_type}/{status}"


def name_words(prefix: str, name: str) -> str:
    """Return the name of the term for an outlet or a voice: case, and "the" before it, do not matter."""
    words = " ".join(name.casefold().split()).removeprefix("the ")
    return f"{prefix}:{words}"


def find_terms(claim: Claim, grounding: Grounding, publisher: str | None) -> frozenset[int]:
    """Return the terms of a claim that an outlet carries."""
    return frozenset(map(make_term, _name_terms(claim, grounding, publisher)))


def _name_terms(claim: Claim, grounding: Grounding, publisher: str | None) -> Iterator[str]:
    yield name_kind(claim.type.value, claim.status.value)
    if claim.hedges:
        yield HEDGED
    for role, mentions in (("actor", grounding.actors), ("recipient", grounding.recipients)):
        yield from (f"{role}:{code}" for code in _find_codes(mentions))
    for place, grounded in zip(claim.places, grounding.places, strict=False):
        if place.value.role is PlaceRole.EVENT and grounded.candidates:
            best = grounded.candidates[0]
            yield f"place:{best.id}"
            if best.country:
                yield f"country:{best.country.upper()}"
    if publisher:
        yield name_words("outlet", publisher)
    yield from _name_voices(claim, grounding, publisher)
    yield from _name_times(*find_days(grounding.time))


def _find_codes(mentions: Iterable[GroundedActor]) -> set[str]:
    return {start for mention in mentions for code in mention.codes for start in find_beginnings(code)}


def find_beginnings(code: str) -> list[str]:
    """Return a code and what it lies in: of ``VEN/GOV``, ``VEN`` and ``VEN/GOV``."""
    parts = code.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _name_voices(claim: Claim, grounding: Grounding, publisher: str | None) -> Iterator[str]:
    """Name the innermost sources: an outlet that speaks for itself, or the members of the last link of the chain.

    Private people are found by what they are, not by their names.
    """
    if not claim.chain:
        if publisher:
            yield name_words("voice", publisher)
        return
    if not grounding.sources:
        yield name_words("voice", claim.chain[-1].text)
        return
    last = grounding.sources[-1]
    private = [part for part in (last, *last.parts) if _is_private(part)]
    if private:
        yield from (name_words("voice", part.kind.value) for part in private)
    else:
        yield from (name_words("voice", words) for words in (claim.chain[-1].text, last.text))
    # A member has no article; its own grounding does.
    hidden = tuple(member for member in last.members if any(part.text.endswith(member) for part in private))
    yield from (name_words("voice", member) for member in last.members if member not in hidden)
    for code in [] if last.code is None else find_beginnings(last.code):
        yield name_words("voice", code)
    if last.name is not None:
        yield name_words("voice", last.name)


def _is_private(source: GroundedSource) -> bool:
    return is_private(source.text, source.kind.value, source.code, anonymous=source.anonymous)


def _name_times(start: int | None, end: int | None) -> Iterator[str]:
    """Name the days, months or years that an event lies in, as coarsely as it is long, and what those lie in."""
    if start is None or end is None:
        return
    if start == OPEN_START or end >= OPEN_END or end - start > _LONG or end < start:
        yield _ENDLESS
        return
    length = end - start + 1
    if length <= _SHORT:
        yield from (f"time:day:{day}" for day in range(start, end + 1))
        yield from (f"time:day:{month}" for month in _find_months(start, end))
        yield from (f"time:day:{year}-" for year in _find_years(start, end))
    elif length <= _MIDDLE:
        yield from (f"time:month:{month}" for month in _find_months(start, end))
        yield from (f"time:month:{year}-" for year in _find_years(start, end))
    else:
        yield from (f"time:year:{year}-" for year in _find_years(start, end))


def name_window(start: int, end: int) -> list[str]:
    """Return the names of the terms that events between two days have: all of theirs, and some a little outside."""
    months, years = list(_find_months(start, end)), list(_find_years(start, end))
    names = [_ENDLESS, *(f"time:year:{year}-" for year in years)]
    if end - start < _MAX_DAYS:
        names += [f"time:day:{day}" for day in range(start, end + 1)]
    elif len(months) <= _MAX_MONTHS:
        names += [f"time:day:{month}" for month in months]
    else:
        names += [f"time:day:{year}-" for year in years]
    if len(months) <= _MAX_MONTHS:
        return names + [f"time:month:{month}" for month in months]
    return names + [f"time:month:{year}-" for year in years]


def _find_months(start: int, end: int) -> Iterator[str]:
    first, last = date.fromordinal(start), date.fromordinal(end)
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


def _find_years(start: int, end: int) -> Iterator[str]:
    yield from (f"{year:04d}" for year in range(date.fromordinal(start).year, date.fromordinal(end).year + 1))
