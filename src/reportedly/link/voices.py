"""Who a source is: one voice under several names, and names that could be one voice or another."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec

from reportedly.link.voice_words import WHOLE, VoiceWords, fold, open_voices
from reportedly.records.grounding import GroundedSource, SourceKind
from reportedly.records.stored import StoredClaim

__all__ = [
    "OUTLET",
    "WHOLE",
    "Speaker",
    "VoiceWords",
    "find_towns",
    "fold",
    "group_speakers",
    "is_short",
    "open_voices",
    "read_speaker",
]

_STATE = re.compile(r"^[A-Z]{3}(?:/[A-Z]+)?$")
_BODIES = frozenset({"UNO", "EUU", "AUN", "ARL"})
"""Codes of three letters that are no state's."""
_SECTORS = {"MIL": "armed forces", "COP": "police", "LEG": "parliament", "JUD": "court", "SPY": "intelligence"}
_OF_STATE = frozenset({SourceKind.GOVERNMENT, SourceKind.OFFICIAL, SourceKind.PERSON, SourceKind.STATE_MEDIA})
_LEADING = frozenset({"body_head", "rebel_leader"})
"""Offices of those who speak for the body or group that they are coded as."""
_PEOPLE = frozenset({SourceKind.OFFICIAL, SourceKind.PERSON, SourceKind.EXPERT, SourceKind.WITNESS})
_WORD = re.compile(r"[\w’'&.-]*\w")
_OF = re.compile(
    r"\b(?:of|at|with|from|for) the ([A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|for|the|on|and))* [A-Z][\w’'-]*)"
)
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:of the |of |for |and )?[A-Z][\w’'-]*)+")
_POWERS = frozenset({"parliament", "court", "prosecution"})
"""Bodies of a state that do not answer to its government."""
_TOWNS = frozenset({"city", "town", "village", "admin2", "admin1"})
_APPOSITION = 12
"""Words beside a name in which the office that it holds is looked for."""

OUTLET = "outlet:"
"""Before the family of an outlet that speaks for itself, among the names of a speaker."""


class Speaker(msgspec.Struct, frozen=True):
    """One source as one claim names it, as far as it matters for telling sources apart.

    Attributes:
        name: As a reader should see it.
        kind: Kind of source.
        code: Actor code or usual name, where grounding knows one.
        anonymous: True where nobody is named.
        state: The state or body of states it belongs to; None where unknown or none.
        body: The part of it that speaks: ``armed forces``, ``foreign`` …, ``WHOLE``; None for none.
        person: Words of a person's name, folded.
        names: Other names that it goes by, folded.
    """

    name: str
    kind: str
    code: str | None = None
    anonymous: bool = False
    state: str | None = None
    body: str | None = None
    person: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


def read_speaker(source: GroundedSource, sentence: str, words: VoiceWords, towns: Collection[str] = ()) -> Speaker:
    """Say who one source is that is no outlet.

    An office and its spokesman are the office. A person is one by name; where the phrase or the sentence ties the
    person to an office ("Defence Ministry spokesman Arlo Venn", "Arlo Venn, a spokesman for the ministry"), the two are
    one. Head of state, government and bare state are the state as a whole. An institution by its name ("the Oldport
    General Hospital") is a voice of its own and nobody unnamed, whosever it is; a bare town is nobody.

    Args:
        source: The link of the chain, grounded.
        sentence: The sentence of the claim, in which an office may stand beside a name.
        words: From ``open_voices``.
        towns: Places of the claim, folded, that are no states nor capitals.
    """
    text = " ".join(source.text.split())
    if fold(text) in towns and source.kind in _OF_STATE:
        return Speaker(f"somebody in {text}", SourceKind.WITNESS.value, anonymous=True)
    institution = _find_institution(text, words)
    led = fold(text).startswith(" ".join(_find_person(text, source, words) or ("-",)))
    civil = source.kind in _OF_STATE and _is_civil(text, words) and not led
    if civil or (institution and source.kind in _PEOPLE):
        name = fold(institution or text)
        known = frozenset({words.renamed.get(name, name)})
        return Speaker(_cut_article(text), source.kind.value, anonymous=institution is None, names=known)
    state, sector = _split_code(source.code)
    person = _find_person(text, source, words)
    if source.office is not None and source.name is not None:
        person = tuple(fold(source.name).split())
    body = _find_body(text, source, state, words) or words.offices.get(source.office or "")
    if body is None and person:
        body = _find_body_beside(person[-1], sentence, words)
    if body is None and sector in _SECTORS and not person:
        body = _SECTORS[sector]
    names = set()
    own = source.code is not None and state is None
    if own and source.code is not None and source.office in _LEADING:
        names.add(fold(source.code))
    if not person and (own or body is None):
        folded = fold(source.code if own and source.code else text)
        names.add(words.renamed.get(folded, folded))
        if state in _BODIES:
            names.add(words.renamed.get(fold(text), fold(text)))
    if body is None and not person and state is not None and source.kind in _OF_STATE:
        body, names = WHOLE, set()
    if state in _BODIES and fold(text) in words.whole_bodies:
        body, names = WHOLE, set()
    if person and (institute := _find_institute(text) or _find_institute_beside(person[-1], sentence, words)):
        names.add(institute)
        if _is_civil(institute, words):
            state = body = None
    return Speaker(
        name=_cut_article(text),
        kind=source.kind.value,
        code=source.code,
        anonymous=source.anonymous,
        state=state,
        body=body,
        person=person,
        names=frozenset(names),
    )


def find_towns(item: StoredClaim) -> frozenset[str]:
    """Return the places of a claim, folded, that are neither states nor capitals, for which a state may speak."""
    return frozenset(
        fold(place.text) for place in item.grounding.places if place.candidates and place.candidates[0].kind in _TOWNS
    )


def group_speakers(speakers: Sequence[Speaker]) -> list[int]:
    """Tell which speakers are one voice: the least number of voices that the names allow.

    Two are one where they are one body of one state, one person, or bear one name. What is said less exactly – "the
    ministry of defence" of no named state, a state as a whole, a surname alone, a short form – is led to the first
    speaker that it could be, and is never one more.

    Args:
        speakers: In an order that does not depend on arrival.

    Returns:
        For each speaker, the index of the first that is the same voice.
    """
    leader = list(range(len(speakers)))

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    def join(one: int, other: int) -> None:
        first, second = sorted((find(one), find(other)))
        leader[second] = first

    alike: dict[str, list[int]] = defaultdict(list)
    for at, speaker in enumerate(speakers):
        for key in set(_list_keys(speaker)):
            alike[key].append(at)
    near = [
        sorted({i for key in set(_list_keys(speaker)) for i in alike[key]} - {at})
        for at, speaker in enumerate(speakers)
    ]
    for at, speaker in enumerate(speakers):
        for other in near[at]:
            if other < at and _is_same(speakers[other], speaker):
                join(other, at)
    for at, speaker in enumerate(speakers):
        if (known := next((i for i in near[at] if _is_short_for(speaker, speakers[i])), None)) is not None:
            join(known, at)
    for vague in (_is_stateless, _is_whole):
        for at, speaker in enumerate(speakers):
            if vague(speaker):
                fitting = [i for i, known in enumerate(speakers) if i != at and _could_be(speaker, known)]
                if fitting:
                    join(min(fitting, key=lambda i: (_is_whole(speakers[i]), i)), at)
    return [find(at) for at in range(len(speakers))]


def _list_keys(speaker: Speaker) -> Iterator[str]:
    """Give what two speakers that are one have at least one of in common."""
    if speaker.person:
        yield f"person {speaker.person[-1]}"
    if speaker.body is not None:
        yield f"body {speaker.state} {speaker.body}"
    for name in speaker.names:
        yield name
        if not name.startswith(OUTLET):
            yield from name.split()
            yield _find_initials(name)


def _is_same(one: Speaker, other: Speaker) -> bool:
    if one.person and other.person and _is_same_person(one.person, other.person):
        return _may_share_state(one, other)
    if one.body is not None and one.body == other.body and one.state == other.state:
        return True
    return bool(one.names & other.names)


def _is_short_for(short: Speaker, known: Speaker) -> bool:
    """Say whether a speaker named in short could be ``known``: several may fit, and it is one of them only."""
    if short.person and known.person and _is_short_person(short.person, known.person):
        return _may_share_state(short, known)
    if _is_outlet(short) or _is_outlet(known):
        return False
    return any(is_short(one, other) for one in short.names for other in known.names)


def _may_share_state(one: Speaker, other: Speaker) -> bool:
    return one.state is None or other.state is None or one.state == other.state


def _is_outlet(speaker: Speaker) -> bool:
    """Say whether an outlet speaks for itself: "the Times" is no short form of another paper's name."""
    return any(name.startswith(OUTLET) for name in speaker.names)


def _is_same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Compare names of persons by surname and first given name; of two surnames alone, by these."""
    return (one[0], one[-1]) == (other[0], other[-1]) and (len(one) == 1) == (len(other) == 1)


def _is_short_person(short: Sequence[str], known: Sequence[str]) -> bool:
    """Say whether a surname alone, or with an initial, may be a person of that surname."""
    if short[-1] != known[-1] or len(known) == 1:
        return False
    given, others = short[0], known[0]
    return len(short) == 1 or (len(given) == 1 and len(others) > 1 and given == others[0])


def is_short(short: str, known: str) -> bool:
    """Say whether one name may be the short form of another: its initials, or some of its words, the rarer ones."""
    parts = known.split()
    if short == known or len(parts) < 2:
        return False
    if short == _find_initials(known):
        return True
    given = short.split()
    return len(given) < len(parts) and set(given) <= set(parts) and len("".join(given)) > 3


def _find_initials(name: str) -> str:
    return "".join(part[0] for part in name.split() if part not in ("of", "for", "the", "and"))


def _is_stateless(speaker: Speaker) -> bool:
    return speaker.body is not None and speaker.state is None


def _is_whole(speaker: Speaker) -> bool:
    return speaker.body == WHOLE


def _could_be(vague: Speaker, known: Speaker) -> bool:
    """Say whether a speaker named less exactly could be ``known``."""
    if vague.body == WHOLE:
        if known.body in _POWERS or (known.body or "").startswith("local"):
            return False
        of_state = known.state is not None or known.body is not None
        return of_state and (vague.state is None or known.state == vague.state)
    return known.body == vague.body and known.state is not None


def _split_code(code: str | None) -> tuple[str | None, str]:
    if code is None or not _STATE.match(code):
        return None, ""
    state, _, sector = code.partition("/")
    return state, sector


def _find_body(text: str, source: GroundedSource, state: str | None, words: VoiceWords) -> str | None:
    if source.kind not in _OF_STATE or (source.code is not None and state is None):
        return None
    if local := _find_local(text, words):
        return local
    tellings = [fold(text), *([fold(source.name)] if source.name and source.office is None else [])]
    return next((name for told in tellings for pattern, name in words.bodies if pattern.search(told)), None)


def _find_local(text: str, words: VoiceWords) -> str | None:
    """Return the office of a town or province ("Oldport's mayor"), by the name before or after it."""
    parts = _WORD.findall(text)
    for at, part in enumerate(parts):
        if part.casefold() not in words.local:
            continue
        before = [fold(word) for word in parts[:at] if word[:1].isupper() and word.casefold() not in ("the", "a")]
        after = parts[at + 2 :] if at + 1 < len(parts) and parts[at + 1].casefold() == "of" else []
        named = [fold(word) for word in after if word[:1].isupper()] or before
        return " ".join(["local", *named[:2]])
    return None


def _find_body_beside(surname: str, sentence: str, words: VoiceWords) -> str | None:
    """Return the body whose office a person is said to hold, beside the name in the sentence."""
    folded = fold(sentence.replace(",", " ; ").replace(";", " semicolon "))
    for found in re.finditer(rf"\b{re.escape(surname)}\b", folded):
        before = folded[: found.start()].split(" semicolon ")
        after = folded[found.end() :].split(" semicolon ")
        sides = [" ".join(before[-2:]).split()[-_APPOSITION:], " ".join(after[1:2]).split()[:_APPOSITION]]
        for side in sides:
            phrase = " ".join(side)
            if words.roles & set(side):
                name = next((name for pattern, name in words.bodies if pattern.search(phrase)), None)
                if name is not None:
                    return name
    return None


def _find_person(text: str, source: GroundedSource, words: VoiceWords) -> tuple[str, ...]:
    """Return the words of a person's name: a run of capitals at the start, or after a title."""
    if source.kind not in _PEOPLE or source.anonymous:
        return ()
    parts = _cut_article(text.split(" and ")[0]).split()
    runs = list(_find_runs(parts, words))
    return runs[0] if runs else ()


def _find_institute(text: str) -> str | None:
    """Return the named body that a person is said to be of ("Lena Orr of the Institute for River Studies")."""
    found = _OF.search(text)
    return fold(found[1]) if found else None


def _find_institute_beside(surname: str, sentence: str, words: VoiceWords) -> str | None:
    """Return the hospital, school or the like whose office a person is said to hold right after the name."""
    found = re.search(rf"\b{re.escape(surname)}, ([^,]{{1,80}}),", sentence, re.I)
    institute = _find_institute(found[1]) if found else None
    return institute if institute and words.civil.intersection(institute.split()) else None


def _is_civil(text: str, words: VoiceWords) -> bool:
    """Say whether a phrase names a hospital, a school or the like: whoever speaks for it does not for the state."""
    return bool(words.civil.intersection(fold(text).split()))


def _cut_article(text: str) -> str:
    return re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", text.strip())


def _find_institution(text: str, words: VoiceWords) -> str | None:
    """Return the institution whose name a phrase is ("the Oldport Institute"), or the hospital or the like in it."""
    for found in _NAME.finditer(_cut_article(text)):
        parts = found[0].split()
        whole = found[0] == _cut_article(text)
        head = parts[parts.index("of") - 1] if "of" in parts[1:] else parts[-1]
        if len(parts) > 1 and fold(head) in (words.institutions if whole else words.civil):
            return found[0]
    return None


def _find_runs(parts: Sequence[str], words: VoiceWords) -> Iterator[tuple[str, ...]]:
    """Find names in a phrase: capitals that no title or office follows, and no preposition leads in."""
    at = 0
    while at < len(parts):
        start = at
        while at < len(parts) and _is_name(parts[at], words):
            at += 1
            if parts[at - 1].endswith(","):
                break
        run = [fold(part) for part in parts[start:at]]
        if words.institutions.intersection(run):
            run = []
        ended = at == len(parts) or (at > start and parts[at - 1].endswith(",")) or fold(parts[at]) in words.links
        led = start > 0 and fold(parts[start - 1]) in words.links
        if run and ended and not led and not any(part.endswith(("'s", "’s")) for part in parts[start:at]):
            yield tuple(word for word in run if word)
        at = max(at, start + 1)


def _is_name(part: str, words: VoiceWords) -> bool:
    folded = fold(part)
    return part[:1].isupper() and folded not in words.titles and folded not in words.heads and folded != ""
