"""In words: why fewer stand behind an event than have told of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from reportedly.link.outlets import UNKNOWN, Outlets, name_publisher
from reportedly.records.event import Voice
from reportedly.records.stored import DocumentHead, StoredClaim


class Tally(msgspec.Struct, frozen=True):
    """What was found while counting.

    Attributes:
        claims: The claims.
        origins: By document id, what it is a copy of.
        outlets: Who the outlets are.
        carriers: Families of the outlets that carried it.
        cited: Claims that rest on another outlet's report, with that family.
        repeating: How many claims only repeat what their own report attributes.
        rings: Families that cite each other in a ring.
        voices: The voices that were counted.
    """

    claims: Sequence[StoredClaim]
    origins: Mapping[str, DocumentHead]
    outlets: Outlets
    carriers: set[str]
    cited: Sequence[tuple[StoredClaim, str]]
    repeating: int
    rings: Sequence[tuple[str, ...]]
    voices: Sequence[Voice]


def explain(tally: Tally) -> tuple[str, ...]:
    """Say in words why the counts are lower than the number of claims, what weighs most first.

    A reason weighs as many documents or claims as it takes from the count; equal ones stand in the order copies,
    citations, rings, owners, voices, nameless sources.
    """
    weighed = [
        *_explain_copies(tally),
        *_explain_citations(tally),
        *_explain_rings(tally),
        *_explain_families(tally),
        *_explain_unknown(tally),
        *_explain_voices(tally),
        *_explain_repeats(tally),
        *_explain_nameless(tally),
    ]
    return tuple(words for _, words in sorted(weighed, key=lambda item: -item[0]))


def _explain_copies(tally: Tally) -> list[tuple[int, str]]:
    documents = {item.document.id: item.document for item in tally.claims}
    copied: Counter[str] = Counter()
    heads: dict[str, DocumentHead] = {}
    for document in documents.values():
        origin = tally.origins.get(document.id, document)
        if origin.id != document.id:
            copied[origin.id] += 1
            heads[origin.id] = origin
    return [
        (count, f"{count} of {_count(len(documents), 'report')} {_be(count)} copied from {_possess(heads[key])} text")
        for key, count in sorted(copied.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _explain_citations(tally: Tally) -> list[tuple[int, str]]:
    documents: dict[str, set[str]] = defaultdict(set)
    for item, family in tally.cited:
        documents[family].add(item.document.id)
    return [
        (
            len(ids),
            f"{_count(len(ids), 'report')} {'rests' if len(ids) == 1 else 'rest'} on what "
            f"{tally.outlets.get_name(family)} reported",
        )
        for family, ids in sorted(documents.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def _explain_rings(tally: Tally) -> list[tuple[int, str]]:
    return [
        (
            len(ring),
            f"{_list([tally.outlets.get_name(family) for family in ring])} cite each other: nobody among them "
            "says how it is known",
        )
        for ring in tally.rings
    ]


def _explain_families(tally: Tally) -> list[tuple[int, str]]:
    members: dict[str, dict[str, None]] = defaultdict(dict)
    for item in tally.claims:
        if (name := name_publisher(item.document)) is not None:
            members[tally.outlets.find_family(item.document)][name] = None
    found = []
    for family, names in members.items():
        if len(names) > 1:
            whose = "state" if family.startswith("state:") else "owner"
            found.append((len(names) - 1, f"{_list(list(names))} have one {whose} and count as one"))
    return found


def _explain_unknown(tally: Tally) -> list[tuple[int, str]]:
    unknown = {item.document.id for item in tally.claims if tally.outlets.find_family(item.document) == UNKNOWN}
    if len(unknown) < 2:
        return []
    return [(len(unknown) - 1, f"{len(unknown)} reports name no publisher and count as one origin")]


def _explain_voices(tally: Tally) -> list[tuple[int, str]]:
    documents = {item.claim.id: item.document.id for item in tally.claims}
    found = []
    for voice in tally.voices:
        reports = len({documents[claim] for claim in voice.claims})
        if not voice.anonymous and reports > 1:
            found.append((reports - 1, f"{reports} reports rest on one voice: {voice.name}"))
    return found


def _explain_repeats(tally: Tally) -> list[tuple[int, str]]:
    if not tally.repeating:
        return []
    verb = "only repeats" if tally.repeating == 1 else "only repeat"
    words = f"{_count(tally.repeating, 'claim')} in an outlet's own words {verb} what the same report attributes"
    return [(tally.repeating, words)]


def _explain_nameless(tally: Tally) -> list[tuple[int, str]]:
    nameless = [voice for voice in tally.voices if voice.anonymous]
    if not nameless:
        return []
    names = _list(list(dict.fromkeys(voice.name for voice in nameless)))
    if len(nameless) == 1:
        return [(1, f"1 source is not named ({names}): its independence is unknown")]
    return [(len(nameless), f"{len(nameless)} sources are not named ({names}): they may be one and the same")]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _possess(head: DocumentHead) -> str:
    name = name_publisher(head) or "an unknown publisher"
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
