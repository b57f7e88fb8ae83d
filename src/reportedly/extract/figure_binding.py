"""Which figure of a sentence is which event's, from syntax."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, FigureMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.quantities import FigureLexicon
from reportedly.records.claim import Figure
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

_HARMED = frozenset({"killed", "injured", "casualties", "missing"})
_HARM_FITS: dict[str, frozenset[EventType]] = {
    **dict.fromkeys(_HARMED, frozenset({EventType.ASSAULT})),
    "detained": frozenset({EventType.COERCE}),
    "displaced": frozenset({EventType.ASSAULT, EventType.COERCE}),
}
_HARM_PLACES = frozenset({EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE})
_MONEY_TYPES = frozenset({EventType.AID, EventType.AGREE, EventType.COOPERATE})
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "dative", "agent")
_ARGUMENT_PREPOSITIONS = frozenset({"of", "against", "by", "with", "on", "involving", "for", "from", "to", "at"})
_AS_GOOD = 0.045
"""How much less surely a second event of the sentence may have a figure that the first has: one step down the tree."""
_CLAUSES = frozenset({"ccomp", "relcl", "parataxis", "advcl", "acl", "xcomp"})


def propose_all_figures(
    parse: Parse, events: Sequence[EventMention], figures: Sequence[FigureMention], lexicon: FigureLexicon
) -> tuple[tuple[Field[Figure], ...], ...]:
    """Propose the figures of every event: those of its sentence that its trigger governs or that govern it.

    Where several events of a sentence could have a figure it is the best one's, and another's only where that fits
    almost as well: one act told in two words ("he was killed and she was hurt in the attack"), one party of two acts
    ("fired at thousands of protesters who marched").

    Args:
        parse: The document's syntax.
        events: All events of the document.
        figures: From ``find_figures``, all of the document.
        lexicon: From ``open_figures``.

    Returns:
        For each event, in their order, candidates of every key, best first; a score of 0.5 or more says that the figure
        is this event's.
    """
    by_sentence: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        by_sentence.setdefault(parse.tokens[event.head].sentence, []).append(number)
    proposed: list[list[Field[Figure]]] = [[] for _ in events]
    for mention in figures:
        near = by_sentence.get(parse.tokens[mention.head].sentence, [])
        scores = {i: _bind(parse, events[i], mention, lexicon) * mention.field.score for i in near}
        best = max(scores.values(), default=0.0)
        for i, score in scores.items():
            if score > 0 and score >= best - _AS_GOOD:
                proposed[i].append(msgspec.structs.replace(mention.field, score=round(score, 3)))
    return tuple(tuple(sorted(fields, key=lambda field: -field.score)) for fields in proposed)


def _bind(parse: Parse, event: EventMention, mention: FigureMention, lexicon: FigureLexicon) -> float:
    """How surely a figure of the event's sentence is the event's, from 0 to 1."""
    key, event_type = mention.field.value.key, event.types[0].value
    up = [mention.head, *(ancestor.i for ancestor in parse.ancestors(mention.head))]
    down = [event.head, *(ancestor.i for ancestor in parse.ancestors(event.head))]
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return 0.0
    path_up = [parse.tokens[i] for i in up[: up.index(meeting)]]
    path_down = [parse.tokens[i] for i in down[: down.index(meeting)]]
    if key not in _HARM_FITS:
        if key in lexicon.words["money"]:
            return _bind_money(event_type, path_up, path_down)
        return _bind_noun(parse, event, mention, path_up, path_down, lexicon)
    loose = [token for token in path_down if _is_apart(parse, token)]
    loose = [token for token in loose if not _is_harm_word(parse, token, lexicon)]
    apart = [token for token in path_up if token.dep in _CLAUSES and not _is_harm_word(parse, token, lexicon)]
    score = 0.95 - 0.03 * len(path_up) - 0.04 * len(path_down) - 0.3 * len(loose) - 0.15 * max(0, len(apart) - 1)
    if mention.field.by == "rule:toll":
        return 0.9 if path_down and path_down[-1].dep in ("nsubj", "dobj", "nsubjpass") else min(score, 0.6)
    if event_type in _HARM_FITS[key]:
        return score
    if (
        event_type in _HARM_PLACES
        and key in _HARMED
        and not any(token.dep in _CLAUSES or _is_second_verb(token) for token in path_up + path_down)
    ):
        return min(score, 0.75)
    return min(score, 0.3)


def _is_second_verb(token: Token) -> bool:
    return token.dep == "conj" and token.tag[:2] == "VB"


def _is_apart(parse: Parse, token: Token) -> bool:
    """Say whether a step down the tree leaves for a clause or example of its own."""
    if token.dep == "conj":
        return token.tag[:2] == "VB"
    if token.dep == "pcomp":
        return parse.tokens[token.head].lower == "with"
    return token.dep in _CLAUSES or token.dep == "dep" or token.lower == "including"


def _is_harm_word(parse: Parse, token: Token, lexicon: FigureLexicon) -> bool:
    """Say whether a clause is itself one of harm: "killing 12 and wounding 30" is one result told in two."""
    return token.lower in lexicon.adjectives or (
        token.tag[:2] == "VB" and lexicon.verbs.get(parse.lemma(token.i), "") in _HARMED
    )


def _bind_noun(
    parse: Parse,
    event: EventMention,
    mention: FigureMention,
    path_up: Sequence[Token],
    path_down: Sequence[Token],
    lexicon: FigureLexicon,
) -> float:
    """A counted noun is the event's where it is the event noun itself or an argument of the trigger."""
    if mention.head == event.head:
        return 0.95
    if path_down:
        beside = not path_up and path_down[0].dep in ("acl", "relcl")
        beside = beside and all(token.dep == "pobj" or token.lower == "of" for token in path_down[1:])
        return 0.9 if beside else 0.0
    if not _is_argument(parse, event.types[0].value, path_up, lexicon):
        return 0.3
    return 0.9 - 0.1 * sum(_is_second_verb(token) for token in path_up)


def _bind_money(event_type: EventType, path_up: Sequence[Token], path_down: Sequence[Token]) -> float:
    """Money is the event's where it is given or promised, at most one infinitive below the promise."""
    if event_type not in _MONEY_TYPES or path_down:
        return 0.0
    steps = [token.dep for token in path_up if token.dep not in ("conj", "nummod", "quantmod", "compound")]
    return 0.9 if steps in (["dobj"], ["dobj", "xcomp"], ["pobj", "prep"], ["nsubjpass"], ["appos"]) else 0.3


def _is_argument(parse: Parse, event_type: EventType, path: Sequence[Token], lexicon: FigureLexicon) -> bool:
    steps = [step for step in path if step.dep not in ("conj", "nummod")]
    if len(steps) < 2:
        return not steps or steps[0].dep in _ARGUMENTS
    if len(steps) == 2 and steps[0].dep == "dobj" and steps[1].dep in ("relcl", "advcl", "acl"):
        if steps[1].dep == "advcl" and steps[1].tag != "VBG":
            return False
        return event_type in (EventType.ASSAULT, EventType.COERCE)
    if len(steps) != 2 or steps[1].dep not in ("prep", "agent"):
        return False
    act = steps[1].lower == "in" and parse.lemma(steps[0].i) in lexicon.words["acts"]
    return act or steps[1].lower in _ARGUMENT_PREPOSITIONS
