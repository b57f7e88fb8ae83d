"""Who stands behind one event: origins and voices, so that repetition is not taken for evidence."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from reportedly.link.alike import ACTUAL
from reportedly.link.days import sort_claims
from reportedly.link.outlets import UNKNOWN, Outlets, find_copied, find_state, name_publisher
from reportedly.link.reasons import Tally, explain
from reportedly.link.tolls import PeopleWords, counts_nobody, says_no
from reportedly.link.voices import (
    OUTLET,
    WHOLE,
    Speaker,
    VoiceWords,
    find_towns,
    fold,
    group_speakers,
    is_short,
    open_voices,
    read_speaker,
)
from reportedly.records.claim import Basis, Status
from reportedly.records.document import is_lasting
from reportedly.records.event import Corroboration, Voice
from reportedly.records.grounding import GroundedSource, SourceKind
from reportedly.records.stored import DocumentHead, StoredClaim

_OWN = frozenset({Basis.WITNESSED})
"""What an outlet says it saw itself is its own, whoever else it quotes."""
_SEEN = {Basis.IMAGERY: "pictures", Basis.DOCUMENT: "papers"}
"""What a claim that nobody is quoted for may rest on, for a reader."""

_Node = tuple[str, str]
"""A family and whether it tells that something happened, did not, or may."""
_Nameless = tuple[str, str, str, str | None]
"""A nameless source: the family and the report that quote it, its kind, and its state."""


class _Telling(msgspec.Struct):
    """What one claim rests on.

    Attributes:
        item: The claim.
        carrier: Family whose text it is, once copies are led back.
        origins: Families whose report it is: the outlet cited last, else the carrier.
        speakers: Innermost sources that are no outlets; the carrier itself where it speaks for itself.
        relays: Families of the outlets that are its innermost sources.
        own: Whether the carrier speaks for itself.
        report: The carrier's own report that it stands in; empty where that is not in the ledger.
        direction: Whether it tells that something happened, did not, or may.
    """

    item: StoredClaim
    carrier: str
    origins: tuple[str, ...]
    speakers: list[Speaker]
    relays: tuple[str, ...]
    own: bool = False
    report: str = ""
    direction: str = ""


class _Ground(msgspec.Struct, frozen=True):
    """One thing that an origin rests on: a speaker, in a report (by id; empty where none is known) of one family."""

    origin: str
    speaker: Speaker
    report: str = ""


class _Counted(msgspec.Struct):
    """A voice as it is put together."""

    speakers: list[Speaker]
    items: list[StoredClaim]


def corroborate(
    claims: Sequence[StoredClaim], origins: Mapping[str, DocumentHead], words: VoiceWords | None = None
) -> tuple[Corroboration, tuple[Voice, ...]]:
    """Count who stands behind one event, so that repetition is not taken for evidence.

    Ten papers carrying one wire report share one origin. Two papers quoting the same ministry are two origins but one
    voice. A claim attributed to nobody is its origin's own voice, unless the same report attributes the same elsewhere:
    then it only repeats what it was told. A paper that cites another paper adds nothing to what that one rests on, and
    where outlets cite each other in a ring, nobody in it says how it knows. Outlets of one owner are one origin; those
    of one state are that state, and its voice. Who is not named is never a voice. Order and repeats do not change the
    result.

    Args:
        claims: One or more claims already linked to the same event.
        origins: By document id, the head of the document that it is a copy of; itself for an original. A document that
            is not there counts as an original.
        words: From ``open_voices``; opened here where they are not given.

    Returns:
        The counts with their reasons, and the voices: named ones first, each in order of publication. The number of
        voices with a name is ``Corroboration.voices``, that of the others ``Corroboration.undecidable``. Counts are not
        probabilities and do not say who is right.

    Raises:
        ValueError: ``claims`` is empty; an event without claims is a linking bug.
    """
    ordered = sort_claims(claims)
    if not ordered:
        raise ValueError("an event without claims is a linking bug")
    words = open_voices() if words is None else words
    outlets = Outlets(words)
    outlets.learn(ordered, origins)
    tellings = [_read(item, origins, outlets, words) for item in ordered]
    for telling in tellings:
        telling.direction = _find_direction(telling.item, words.people)
    repeating = _settle_own(tellings, origins)
    grounds, rings = _lead_back(tellings, outlets)
    voices = _gather(tellings, grounds, find_copied(ordered, origins))
    carriers = {outlets.find_family(item.document) for item in ordered}
    named = [voice for voice in voices if not voice.anonymous]
    against = {telling.item.claim.id for telling in tellings if telling.direction == "not"}
    tally = Tally(
        claims=ordered,
        origins=origins,
        outlets=outlets,
        carriers=carriers,
        cited=[
            (telling.item, origin) for telling in tellings for origin in telling.origins if origin != telling.carrier
        ],
        repeating=repeating,
        rings=rings,
        voices=voices,
    )
    corroboration = Corroboration(
        claims=len(ordered),
        documents=len({item.document.id for item in ordered}),
        publishers=len({fold(name_publisher(item.document) or UNKNOWN) for item in ordered}),
        origins=len({ground.origin for found in grounds for ground in found}),
        voices=len(named),
        undecidable=len(voices) - len(named),
        families=len(carriers),
        against=sum(voice.claims[-1] in against for voice in named),
        reasons=explain(tally),
    )
    return corroboration, voices


def _read(item: StoredClaim, origins: Mapping[str, DocumentHead], outlets: Outlets, words: VoiceWords) -> _Telling:
    """Read what one claim rests on from its chain."""
    head = origins.get(item.document.id, item.document)
    carrier = outlets.find_origin(head)
    place = (head.address if is_lasting(head.address) else None) or head.id
    report = place if outlets.find_family(head) == carrier else ""
    sources = item.grounding.sources
    if not sources:
        hidden = _find_denier(item, words) or _find_imagery(item)
        return _Telling(item, carrier, (carrier,), [hidden] if hidden else [], (), hidden is None, report)
    cited: tuple[str, ...] = ()
    for source in sources[:-1]:
        cited = _find_outlets(source, outlets) or cited
    relays: list[str] = []
    speakers: list[Speaker] = []
    for part in sources[-1].parts or (sources[-1],):
        family = outlets.find_cited(part)
        if family is None and outlets.points_back(part):
            family = cited[-1] if cited else None
        if family is None:
            speakers.append(read_speaker(part, item.sentence, words, find_towns(item)))
        elif family not in relays:
            outlets.set_name(family, part.code or part.text)
            relays.append(family)
    if relays and set(relays) <= {carrier}:
        return _Telling(item, carrier, (carrier,), speakers, (), True, report)
    if relays:
        return _Telling(item, carrier, tuple(relays), speakers, tuple(relays), False, report)
    return _Telling(item, carrier, cited or (carrier,), speakers, (), False, report)


def _find_outlets(source: GroundedSource, outlets: Outlets) -> tuple[str, ...]:
    found = []
    for part in source.parts or (source,):
        if (family := outlets.find_cited(part)) is not None:
            outlets.set_name(family, part.code or part.text)
            found.append(family)
    return tuple(dict.fromkeys(found))


def _find_denier(item: StoredClaim, words: VoiceWords) -> Speaker | None:
    """Return who denies what a report says is denied and attributes to nobody: whoever is said to have acted."""
    if item.claim.status.value is not Status.DENIED or not item.grounding.actors:
        return None
    actor = item.grounding.actors[0]
    if not actor.codes and not any(word[:1].isupper() for word in actor.text.split()[1:] or [actor.text]):
        return None
    kind = SourceKind.GOVERNMENT if actor.codes else SourceKind.ARMED_GROUP
    source = GroundedSource(actor.text, kind, False, code=next(iter(actor.codes), None))
    return read_speaker(source, item.sentence, words)


def _find_imagery(item: StoredClaim) -> Speaker | None:
    """Return the pictures or papers that an outlet goes by where it names nobody: whose they are is not known."""
    basis = item.claim.basis
    if basis is None or basis.value not in _SEEN:
        return None
    return Speaker(_SEEN[basis.value], SourceKind.DOCUMENT.value, anonymous=True)


def _settle_own(tellings: Sequence[_Telling], origins: Mapping[str, DocumentHead]) -> int:
    """Make what a report says in its own words and attributes elsewhere rest on those it attributes it to.

    What the original of a copy attributes, the copy does too, though its own words may have been cut off.

    Returns:
        How many claims only repeat what their report attributes.
    """
    attributed: dict[str, list[_Telling]] = defaultdict(list)
    for telling in tellings:
        if not telling.own:
            attributed[telling.item.document.id].append(telling)
    repeating = 0
    for telling in tellings:
        basis = telling.item.claim.basis
        if not telling.own or (basis is not None and basis.value in _OWN):
            continue
        document = telling.item.document
        reports = {document.id, origins.get(document.id, document).id}
        told = [other for report in sorted(reports) for other in attributed.get(report, ())]
        told = [other for other in told if other.direction == telling.direction]
        if told:
            telling.own = False
            telling.speakers = [speaker for other in told for speaker in other.speakers]
            telling.relays = tuple(dict.fromkeys(relay for other in told for relay in other.relays))
            telling.origins = tuple(dict.fromkeys(origin for other in told for origin in other.origins))
            repeating += 1
    return repeating


def _find_direction(item: StoredClaim, words: PeopleWords) -> str:
    """Say whether a claim tells that its event happened, did not, or may; that nobody was harmed tells that it did."""
    status = item.claim.status.value
    if status in ACTUAL or (status is Status.NEGATED and counts_nobody(item, words)):
        return "actual"
    if status is Status.DENIED or says_no(item, words):
        return "not"
    return "historical" if status in (Status.HISTORICAL, Status.NEGATED) else "open"


def _lead_back(tellings: Sequence[_Telling], outlets: Outlets) -> tuple[list[list[_Ground]], list[tuple[str, ...]]]:
    """Lead each claim back to what it rests on: through the outlets it cites to what these rest on.

    Returns:
        For each claim what it rests on, and the rings of outlets in which each only cites another.
    """
    held: dict[_Node, list[_Ground]] = defaultdict(list)
    relays: dict[_Node, set[str]] = defaultdict(set)
    for telling in tellings:
        for ground in _ground_directly(telling, outlets):
            if ground not in held[ground.origin, telling.direction]:
                held[ground.origin, telling.direction].append(ground)
        relays[telling.carrier, telling.direction].update(telling.relays)
    rings: dict[tuple[str, ...], None] = {}
    found: list[list[_Ground]] = []
    for telling in tellings:
        grounds = list(_ground_directly(telling, outlets))
        for relay in telling.relays:
            reached, visited = _follow(relay, telling.direction, held, relays, outlets)
            if not reached:
                ring = tuple(sorted(visited))
                rings[ring] = None
                name = " and ".join(outlets.get_name(family) for family in ring)
                speaker = Speaker(name, SourceKind.NEWS_OUTLET.value, anonymous=True)
                reached = [_Ground(f"ring:{ring[0]}", speaker)]
            grounds += [ground for ground in reached if ground not in grounds]
        found.append(grounds)
    return found, list(rings)


def _ground_directly(telling: _Telling, outlets: Outlets) -> Iterator[_Ground]:
    if telling.own:
        yield _Ground(telling.carrier, _speak_as_outlet(telling.carrier, outlets))
    for origin in telling.origins if not telling.relays else (telling.carrier,):
        for speaker in telling.speakers:
            yield _Ground(origin, speaker, telling.report if origin == telling.carrier else "")


def _follow(
    start: str,
    direction: str,
    held: Mapping[_Node, list[_Ground]],
    relays: Mapping[_Node, set[str]],
    outlets: Outlets,
) -> tuple[list[_Ground], set[str]]:
    """Follow citations from an outlet to those whose report rests on something; one never read rests on itself.

    What an outlet tells to the contrary is not what it is cited for.
    """
    found: list[_Ground] = []
    visited: set[str] = set()
    waiting = [start]
    while waiting:
        family = waiting.pop()
        if family in visited:
            continue
        visited.add(family)
        if grounds := held.get((family, direction)):
            found += grounds
        elif cited := relays.get((family, direction)):
            waiting += sorted(cited)
        else:
            found.append(_Ground(family, _speak_as_outlet(family, outlets)))
    return found, visited


def _speak_as_outlet(family: str, outlets: Outlets) -> Speaker:
    """Return the voice of an outlet that speaks for itself: of a state's or a group's outlet, the state or group."""
    if (state := find_state(family)) is not None:
        return Speaker(outlets.get_name(family), SourceKind.STATE_MEDIA.value, state, state=state, body=WHOLE)
    name = "a publisher that is not known" if family == UNKNOWN else outlets.get_name(family)
    return Speaker(name, SourceKind.NEWS_OUTLET.value, names=frozenset({f"{OUTLET}{family}", family}))


def _gather(
    tellings: Sequence[_Telling], grounds: Sequence[Sequence[_Ground]], copied: Collection[str]
) -> tuple[Voice, ...]:
    """Put together the voices that the claims rest on."""
    named: dict[Speaker, list[StoredClaim]] = {}
    hidden: list[tuple[_Ground, StoredClaim]] = []
    for telling, found in zip(tellings, grounds, strict=True):
        for ground in found:
            if ground.speaker.anonymous:
                hidden.append((ground, telling.item))
            else:
                named.setdefault(ground.speaker, []).append(telling.item)
    speakers = list(named)
    counted: dict[int, _Counted] = {}
    for leader, speaker in zip(group_speakers(speakers), speakers, strict=True):
        voice = counted.setdefault(leader, _Counted([], []))
        voice.speakers.append(speaker)
        voice.items += named[speaker]
    unnamed: dict[_Nameless, _Counted] = {}
    for ground, item in sorted(hidden, key=lambda pair: not pair[0].report):
        known = _find_short(ground.speaker, counted)
        if known is not None:
            known.items.append(item)
            continue
        key = _find_key(ground, unnamed)
        voice = unnamed.setdefault(key, _Counted([], []))
        voice.speakers.append(ground.speaker)
        voice.items.append(item)
    return tuple(_make_voice(voice, copied) for voice in (*counted.values(), *unnamed.values()))


def _find_short(speaker: Speaker, counted: Mapping[int, _Counted]) -> _Counted | None:
    """Return the named voice whose short form an apparently nameless source is ("the Observatory")."""
    if not any(word[:1].isupper() for word in speaker.name.split()):
        return None
    for voice in counted.values():
        for known in voice.speakers:
            if any(is_short(short, name) for short in speaker.names for name in known.names):
                return voice
    return None


def _find_key(ground: _Ground, known: Collection[_Nameless]) -> _Nameless:
    """Tell nameless sources apart: by report, by kind, and by the state they belong to, where one is said.

    Where a family is cited and its report is not known, its source may be any that its reports have.
    """
    speaker = ground.speaker
    key = (ground.origin, ground.report, speaker.kind, speaker.state)
    for origin, report, kind, state in known:
        same_report = ground.report in (report, "") or not report
        if (
            (origin, kind) == (ground.origin, speaker.kind)
            and same_report
            and (state == speaker.state or None in (state, speaker.state))
        ):
            return origin, report, kind, state
    return key


def _make_voice(voice: _Counted, copied: Collection[str]) -> Voice:
    items = sort_claims(voice.items)
    bodies = [speaker for speaker in voice.speakers if not speaker.person]
    best = next((speaker for speaker in bodies if speaker.body is not None), (bodies or voice.speakers)[0])
    statuses: list[Status] = []
    for item in [item for item in items if item.claim.id not in copied] or items:
        if not statuses or statuses[-1] is not item.claim.status.value:
            statuses.append(item.claim.status.value)
    return Voice(
        name=best.name,
        code=best.code or next((speaker.code for speaker in voice.speakers if speaker.code), None),
        kind=best.kind,
        anonymous=best.anonymous,
        claims=tuple(item.claim.id for item in items),
        statuses=tuple(statuses),
    )
