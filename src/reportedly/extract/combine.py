"""Where rules and encoder meet: which of them decides what, and why.

The rules read syntax and word lists. They are right where a construction says something specific, and rash where a bare
word stands for an event ("strike", "order"): there the encoder, which reads the whole sentence, decides. What each was
found to be good for is in docs/quality.md and in decision 13.

- *Is it an event?* The rules propose. A trigger that they know by a bare word, and that the encoder does not take for
  one (below ``KEEPS``), is none. The encoder proposes none of its own: of what it alone took for an event, however
  surely, one in four was of the type it said.
- *Which type, who, where, when, how many?* The rules.
- *How does it stand?* The rules, which know the grammar of plans, threats, demands and denials. One thing they cannot
  see is that something is told as history: where they find that it happened, the sentence tells of it in passing and
  the encoder is sure (``RECALLS``) that it is of the past before this crisis, it is historical.
"""

from collections.abc import Mapping, Sequence

import msgspec

from reportedly.extract.encode import Encoder
from reportedly.extract.mentions import EventMention, Judgement, StatusReading
from reportedly.extract.parse import Parse
from reportedly.extract.triggers import Trigger
from reportedly.records.claim import Status, Tense, derive_status
from reportedly.records.spans import Field

KEEPS, RECALLS = 0.4, 0.9

_PASSING = frozenset({"pobj", "pcomp", "relcl", "acl", "advcl", "compound", "poss", "nmod"})
"""How a trigger stands in its sentence where that tells mainly of something else."""

Judgements = Mapping[int, Judgement]
"""By token index of the trigger's head; empty where no encoder reads."""


def judge_triggers(parse: Parse, triggers: Sequence[Trigger], encoder: Encoder | None) -> Judgements:
    """Ask the encoder about the triggers of a document on which it may have a say; it sees no other sentence."""
    if encoder is None:
        return {}
    doubtful = [trigger for trigger in triggers if not trigger.specific or _is_in_passing(parse, trigger.head)]
    asked = [(parse.sentence_of(trigger.head).span, parse.span(trigger.tokens)) for trigger in doubtful]
    judged = zip(doubtful, encoder.judge(parse.text, asked), strict=True)
    return {trigger.head: judgement for trigger, judgement in judged if judgement is not None}


def is_event(trigger: Trigger, judgements: Judgements) -> bool:
    """Say whether a trigger that the rules propose evokes an event."""
    judgement = judgements.get(trigger.head)
    return trigger.specific or judgement is None or judgement.event >= KEEPS


def settle_trigger(field: Field[str], trigger: Trigger, judgements: Judgements) -> Field[str]:
    """Say on the words of a trigger what set them: the rule, or the encoder where a bare word was in question."""
    judgement = judgements.get(trigger.head)
    if trigger.specific or judgement is None:
        return field
    return msgspec.structs.replace(field, by="encoder:event", score=judgement.event)


def settle_status(parse: Parse, reading: StatusReading, event: EventMention) -> StatusReading:
    """Settle how an event stands."""
    axes, judgement = reading.axes.value, event.judgement
    if judgement is None or derive_status(axes) is not Status.OCCURRED or not _is_in_passing(parse, event.head):
        return reading
    score = judgement.statuses[Status.HISTORICAL]
    if score < RECALLS:
        return reading
    history = msgspec.structs.replace(axes, time=Tense.HISTORICAL)
    return msgspec.structs.replace(reading, axes=Field(history, event.trigger.span, "encoder:status", score))


def _is_in_passing(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    while token.dep == "conj" and token.head != token.i:
        token = parse.tokens[token.head]
    return token.dep in _PASSING
