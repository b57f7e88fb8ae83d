"""What governs an event: the words above it in the syntactic tree, by class, and the form of its own clause.

The scheme follows FactBank and the event-selecting predicates of Saurí and Pustejovsky (2009): a governor says
something of what hangs below it by a certain relation ("plan to", "fear of", "ban on"), and nothing of what hangs there
otherwise.
"""

import msgspec

from reportedly.extract.clauses import (
    find_condition,
    find_modal,
    find_negation,
    find_tense,
    has_condition_mark,
    is_awaited,
    is_definite,
    is_verb,
)
from reportedly.extract.parse import Parse, Token
from reportedly.extract.relations import find_relation
from reportedly.extract.status_cues import StatusCues
from reportedly.records.spans import Span

_MAX_STEPS = 10
_OPINIONS = frozenset({"denied", "undecided", "possible", "probable", "wanted"})
_SUPPOSING = frozenset({"would", "could", "might", "may", "'d", "’d"})


class Governor(msgspec.Struct, frozen=True):
    """One word above an event: its class, its token, and the relation by which the event hangs there."""

    name: str
    token: int
    relation: str


class StatusTrace(msgspec.Struct):
    """What was seen on the way up from an event, innermost first.

    Attributes:
        governors: The words that say something of the event.
        verb: Token of the verb whose form the event takes; None for a noun that hangs below none.
        tense: That verb's form: past, present, progressive, perfect, perfect-progressive, future, infinitive,
            participle, imperative; ``none`` without a verb.
        modal: Token of a modal verb over the event.
        negated: Token of a negation over the event.
        condition: Span of the condition that the event stands in or depends on.
        protasis: Whether the event stands in the condition itself.
        report: Token of the reporting verb whose clause the event stands in.
        hypothetical: Token of the modal over what the event, a subject, would bring about ("an attack would …").
        spent: Token whose negation has been taken into account already ("did not rule out").
        closed: Whether what stands further up has no say in modal and negation: the event has a clause of its own.
        end: Why the walk ended: ``root``, ``given`` (taken for granted), ``clause``, ``purpose``, ``adjunct``.
        path: Tokens from the event up to where the walk ended.
    """

    governors: list[Governor]
    verb: int | None = None
    tense: str = "none"
    modal: int | None = None
    negated: int | None = None
    condition: Span | None = None
    protasis: bool = False
    report: int | None = None
    hypothetical: int | None = None
    spent: int | None = None
    closed: bool = False
    end: str = "root"
    path: list[int] = msgspec.field(default_factory=list)

    def find(self, *names: str) -> Governor | None:
        """Return the innermost governor of one of these classes, or None."""
        return next((governor for governor in self.governors if governor.name in names), None)


def trace_status(parse: Parse, head: int, cues: StatusCues) -> StatusTrace:
    """Follow an event up its tree and note what governs it."""
    trace = StatusTrace([], path=[head])
    i = head
    for _ in range(_MAX_STEPS):
        _look_at(parse, i, trace, cues)
        relation, up = find_relation(parse, i, cues)
        if up is None:
            trace.end = relation
            break
        if not _pass(parse, i, relation, up, trace, cues):
            break
        i = up
        trace.path.append(i)
    return trace


def _look_at(parse: Parse, i: int, trace: StatusTrace, cues: StatusCues) -> None:
    """Note what stands on token ``i`` itself: auxiliaries, negation, adjectives, conditions."""
    trace.governors.extend(find_modifiers(parse, i, cues))
    if trace.negated is None and not trace.closed and trace.spent != i:
        trace.negated = find_negation(parse, i)
    if not is_verb(parse.tokens[i]):
        return
    if trace.verb is None:
        trace.verb, trace.tense = i, find_tense(parse, i)
    if trace.modal is None and not trace.closed:
        trace.modal = find_modal(parse, i)
    if trace.hypothetical is None and parse.child(i, "csubj") is not None:
        trace.hypothetical = _find_supposing(parse, i)
    if trace.condition is None:
        if has_condition_mark(parse, i) or is_awaited(parse, i):
            _set_protasis(parse, i, trace)
        else:
            trace.condition = find_condition(parse, i, cues.words["conditional_prepositions"])


def _set_protasis(parse: Parse, i: int, trace: StatusTrace) -> None:
    """Note that the event stands in the condition headed by token ``i``."""
    if trace.condition is None:
        trace.condition, trace.protasis = parse.span(parse.subtree(i)), True


def _find_supposing(parse: Parse, i: int) -> int | None:
    modal = find_modal(parse, i)
    return modal if modal is not None and parse.tokens[modal].lower in _SUPPOSING else None


def _pass(parse: Parse, i: int, relation: str, up: int, trace: StatusTrace, cues: StatusCues) -> bool:
    """Note what ``up`` says of what hangs below it by ``relation``; False where the walk ends there."""
    if relation == "conj":
        return _pass_conjunct(parse, i, up, trace)
    known = find_classes(parse, up, relation, cues)
    names = _adjust(parse, i, relation, up, known, cues)
    if {"negated", "denied"} & (set(known) - set(names)):
        trace.spent = up
    trace.governors.extend(Governor(name, up, relation) for name in names)
    match relation:
        case "that":
            trace.end, trace.report = "clause", up
            if trace.negated is None and not trace.closed and parse.lemma(up) in cues.words["neg_raising"]:
                trace.negated = find_negation(parse, up)
            return False
        case "purpose":
            return _pass_purpose(parse, up, trace, cues)
        case "to" | "ing" | "bare":
            if relation == "to" and parse.tokens[i].dep == "acl" and not names and _is_selected(parse, up, cues):
                trace.end = "given"
                return False
            if "implicative" in names or relation == "bare" or (relation == "ing" and not names):
                _take_form(parse, up, trace)
            elif not names:
                trace.governors.append(Governor("prospective", up, relation))
            return True
        case "obj":
            return _pass_object(parse, i, up, names, trace, cues)
        case "subj":
            _pass_subject(parse, up, names, trace, cues)
            return False
        case "relcl" | "acl" | "advcl" | "prep":
            trace.end = "adjunct"
            if relation == "advcl" and is_verb(parse.tokens[up]) and has_condition_mark(parse, up):
                _set_protasis(parse, up, trace)
            return False
    return _pass_preposition(parse, i, relation, up, names, trace, cues)


def _pass_preposition(
    parse: Parse, i: int, relation: str, up: int, names: tuple[str, ...], trace: StatusTrace, cues: StatusCues
) -> bool:
    """Note what a noun or verb says of what hangs below it by a preposition, or of a noun before it."""
    if relation == "without" or (relation == "instead" and trace.negated is None):
        trace.negated = next((a.i for a in parse.ancestors(i) if a.lower in ("without", "instead")), up)
        return False
    if names:
        return "ended" not in names
    if relation == "with" and is_verb(parse.tokens[up]) and not (is_verb(parse.tokens[i]) or is_definite(parse, i)):
        # "Will respond with strikes": a means shares the form of what it is a means of.
        _take_form(parse, up, trace)
        return True
    lemma = parse.lemma(up)
    if relation in ("of", "comp") and lemma in cues.words["transparent"]:
        return True
    if relation == "in" and lemma in cues.words["changing"]:
        return True
    if relation in ("amid", "amidst"):
        trace.governors.append(Governor("ongoing", up, relation))
    if relation in ("of", "for") and lemma in cues.words["condition_nouns"]:
        verb = next((a.i for a in parse.ancestors(up) if is_verb(a)), None)
        if verb is None or (find_tense(parse, verb) not in ("past", "perfect") and parse.tokens[verb].tag != "VBZ"):
            _set_protasis(parse, up, trace)
    elif is_verb(parse.tokens[up]):
        if relation in cues.words["conditional_prepositions"] or (
            relation == "upon" and find_tense(parse, up) == "future"
        ):
            _set_protasis(parse, parse.tokens[i].head, trace)
        elif has_condition_mark(parse, up):
            _set_protasis(parse, up, trace)
    trace.end = "given"
    return False


def _pass_purpose(parse: Parse, up: int, trace: StatusTrace, cues: StatusCues) -> bool:
    """A purpose is as real as what serves it: the walk goes on from a noun ("a meeting to …") and stops at a verb."""
    if _is_selected(parse, up, cues):
        trace.end = "given"
        return False
    trace.end = "purpose"
    trace.governors.append(Governor("purpose", up, "purpose"))
    return not is_verb(parse.tokens[up])


def _is_selected(parse: Parse, noun: int, cues: StatusCues) -> bool:
    """Say whether a noun is one of those that did ("the first to surrender", "the only one to sign")."""
    return any(child.lower in cues.words["selecting"] for child in parse.children(noun))


def _adjust(parse: Parse, i: int, relation: str, up: int, names: tuple[str, ...], cues: StatusCues) -> tuple[str, ...]:
    """Mend classes that depend on more than the relation.

    Who denies a request refuses it; a negated "rule out" leaves the event possible, a negated "prevent" or "deny"
    leaves it standing.
    """
    happened = find_tense(parse, i) in ("past", "perfect") and parse.tokens[i].lower != parse.lemma(i)
    if relation == "that" and parse.lemma(up) in ("warn", "warning") and _speaks_of_itself(parse, i):
        return ("threatened",)
    if relation == "that" and names and happened:
        # "proposes talks after allies threatened …": what has happened is neither planned nor demanded.
        names = tuple(name for name in names if name in _OPINIONS)
    if relation == "obj" and parse.lemma(i) in cues.words["report_nouns"]:
        # To deny an accusation leaves it made.
        names = tuple(name for name in names if name not in ("denied", "negated"))
    if "considered" in names and relation == "obj" and is_definite(parse, i):
        return ()
    if "denied" in names and (parse.lemma(i) in cues.words["grantable"] or parse.child(up, "nsubjpass", "dative")):
        names = tuple("negated" if name == "denied" else name for name in names)
    if not {"negated", "denied"} & set(names) or find_negation(parse, up) is None:
        return names
    return ("possible",) if parse.lemma(up) in ("rule", "exclude") else ()


def _speaks_of_itself(parse: Parse, verb: int) -> bool:
    """Say whether a clause looks ahead and has a pronoun for subject ("warned that it would strike")."""
    subject = parse.child(verb, "nsubj")
    ahead = find_tense(parse, verb) == "future" or find_modal(parse, verb) is not None
    return ahead and subject is not None and subject.lower in ("it", "they", "he", "she", "we", "i")


def _pass_conjunct(parse: Parse, i: int, up: int, trace: StatusTrace) -> bool:
    """A coordinated verb without auxiliaries of its own shares those of the first; any other keeps what it has."""
    token, first = parse.tokens[i], parse.tokens[up]
    if not is_verb(token):
        return True
    if token.tag == first.tag and not any(child.dep in ("aux", "auxpass", "nsubj") for child in parse.children(i)):
        if trace.verb == i:
            trace.tense = find_tense(parse, up)
        return True
    trace.closed = True
    if trace.report is None and parse.child(up, "ccomp") is not None:
        trace.report = up
    return True


def _pass_object(parse: Parse, i: int, up: int, names: tuple[str, ...], trace: StatusTrace, cues: StatusCues) -> bool:
    """An object shares the form of a verb that brings it about; one that is taken as given stands by itself."""
    lemma = parse.lemma(up)
    if "implicative" in names or lemma in cues.words["transparent"]:
        _take_form(parse, up, trace)
        return True
    if names:
        if "ended" in names:
            trace.end = "given"
            return False
        return True
    definite = is_definite(parse, i) and find_tense(parse, up) != "future" and find_modal(parse, up) is None
    if lemma in cues.words["factive"] or definite:
        trace.end = "given"
        return False
    _take_form(parse, up, trace)
    return True


def _pass_subject(parse: Parse, up: int, names: tuple[str, ...], trace: StatusTrace, cues: StatusCues) -> None:
    """A subject shares the form of a verb of happening; before another verb's "would" it is only supposed."""
    trace.end = "given"
    if not is_verb(parse.tokens[up]):
        return
    lemma = parse.lemma(up)
    predicate = parse.child(up, "acomp", "attr", "oprd", "xcomp", "advmod")
    if predicate is not None and lemma in ("be", "seem", "look", "appear", "remain", "become"):
        found = _modifier(predicate, cues)
        trace.governors.extend(found)
        if found and trace.condition is None:
            words = cues.words["conditional_prepositions"]
            trace.condition = find_condition(parse, up, words) or find_condition(parse, predicate.i, words)
    if (lemma in cues.words["happening"] and (lemma != "be" or parse.child(up, "attr") is None)) or "ongoing" in names:
        _take_form(parse, up, trace)
    elif trace.hypothetical is None:
        trace.hypothetical = _find_supposing(parse, up)
    if has_condition_mark(parse, up):
        _set_protasis(parse, up, trace)


def _take_form(parse: Parse, up: int, trace: StatusTrace) -> None:
    """Let the event share tense, modal and negation of the verb ``up``."""
    if not is_verb(parse.tokens[up]):
        return
    trace.verb, trace.tense = up, find_tense(parse, up)
    if trace.modal is None and not trace.closed:
        trace.modal = find_modal(parse, up)
    if trace.negated is None and not trace.closed and trace.spent != up:
        trace.negated = find_negation(parse, up)


def _has_aim(parse: Parse, up: int, relation: str) -> bool:
    """Say whether it is what follows that is meant: "the raid was intended to frighten" plans no raid."""
    return relation == "obj" and parse.child(up, "xcomp") is not None


def find_classes(parse: Parse, up: int, relation: str, cues: StatusCues) -> tuple[str, ...]:
    """Return the classes of governor ``up`` for one relation; a particle makes a word of its own."""
    governor = parse.tokens[up]
    if governor.pos not in ("VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV", "ADP"):
        return ()
    lemma = parse.lemma(up)
    if lemma in cues.words["infinitive_only"] and (relation == "unto" or _has_aim(parse, up, relation)):
        return ()
    relation = "to" if relation == "unto" else relation
    if lemma == "be" and relation in ("that", "to", "ing", "bare"):
        # "It is likely that …", "the goal was to …": the predicate or the subject governs.
        predicate = parse.child(up, "acomp", "attr")
        if predicate is not None:
            return cues.governors.get((parse.lemma(predicate.i), relation), ())
        subject = parse.child(up, "nsubj")
        if subject is not None:
            # "The force is to strike" forces nobody: what a subject may be besides, a verb, has no say.
            names = cues.governors.get((parse.lemma(subject.i), relation), ())
            return tuple(name for name in names if name != "implicative")
    particle = parse.child(up, "prt")
    if particle is not None:
        found = cues.governors.get((f"{lemma}_{particle.lower}", relation))
        if found is not None:
            return found
    return cues.governors.get((lemma, relation), ())


def find_modifiers(parse: Parse, i: int, cues: StatusCues) -> list[Governor]:
    """Return what adjectives before an event noun say of it ("planned", "possible", "failed")."""
    found: list[Governor] = []
    for child in parse.children(i):
        if child.dep in ("amod", "compound", "nmod"):
            found.extend(_modifier(child, cues))
    return found


_ADJECTIVES = (
    ("possible", "possible"),
    ("planned", "announced"),
    ("threatened", "threatened"),
    ("negated", "negated"),
    ("ongoing", "ongoing"),
    ("denied", "denied"),
)


def _modifier(token: Token, cues: StatusCues) -> list[Governor]:
    return [
        Governor(name, token.i, "mod") for kind, name in _ADJECTIVES if token.lower in cues.words[f"{kind}_adjectives"]
    ]
