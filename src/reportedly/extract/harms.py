"""Who was killed, hurt, held or driven out: predicates of harm and the phrases that name those harmed."""

import msgspec

from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.quantities import FigureLexicon, Quantity
from reportedly.extract.triggers import find_objects, is_passive, lead_pronoun

_COPULAS = frozenset({"be", "'s", "’s"})
_IRREALIS = frozenset({"could", "might", "may", "would", "should", "can", "will", "must"})
NONE_KEYS = ("killed", "injured", "casualties")
"""Only of the dead and hurt is it news that there are none."""

_COUNTED = frozenset({"dead", "killed", "victim", "militant"})
"""With these in its sentence a "count" is one of the dead."""

_FINAL = ("dead", "death", "fatally", "mortally")
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})


class Harm(msgspec.Struct, frozen=True):
    """One predicate of harm.

    Attributes:
        key: What the harm counts as: ``killed``, ``injured`` …
        predicate: Token of the verb, adjective or noun.
        patients: Heads of the phrases that name those harmed; empty for a bare "no casualties".
        negated: The predicate is negated, or none are said to be harmed.
        real: False for what is only possible, wanted, feared or planned.
        total: The number is a running total ("the toll rose to 12").
        single: Whether one person named without a number is worth a figure here ("a soldier was killed", but not "the
            assassination of the president").
        by: The rule that found it.
    """

    key: str
    predicate: int
    patients: tuple[int, ...]
    negated: bool = False
    real: bool = True
    total: bool = False
    single: bool = True
    by: str = "rule:harm-verb"


def find_harms(parse: Parse, sentence: Sentence, lexicon: FigureLexicon) -> list[Harm]:
    """Find the predicates of harm of one sentence, in text order."""
    found: list[Harm] = []
    for i in range(sentence.first, sentence.last):
        token = parse.tokens[i]
        harm = None
        if token.lower in lexicon.adjectives and token.tag[:2] in ("JJ", "VB", "NN", "RB"):
            harm = _of_adjective(parse, token, lexicon)
        if harm is None and token.tag[:2] in ("VB", "JJ") and token.dep not in ("aux", "auxpass"):
            harm = _of_verb(parse, token, lexicon)
        elif harm is None and token.tag in ("NN", "NNS"):
            harm = _of_noun(parse, token, lexicon)
        if harm is not None:
            found.append(harm)
    return _drop_doubles(parse, found)


def _of_verb(parse: Parse, token: Token, lexicon: FigureLexicon) -> Harm | None:
    lemma = parse.lemma(token.i) if token.tag[:2] == "VB" else token.lower
    negated, real = _is_negated(parse, token.i), _is_real(parse, token.i)
    if key := lexicon.intransitive.get(lemma):
        return Harm(key, token.i, tuple(_subjects(parse, token.i)), negated, real)
    if key := lexicon.verbs.get(lemma):
        if token.tag[:2] != "VB" or (token.dep == "amod" and token.tag != "VBN"):
            return None
        if key == "casualties" and any(c.dep == "prt" and c.lower in ("down", "up") for c in parse.children(token.i)):
            # what is shot down flies
            return None
        single = lemma not in lexicon.words["targeted"] and token.dep != "amod"
        patients = _acted_on(parse, token)
        if key == "displaced" and any(
            word.lower in lexicon.adjectives for i in patients for word in (parse.tokens[i], *parse.children(i))
        ):
            # whoever evacuates the wounded drives nobody out
            return None
        return Harm(_shade(parse, token, key, lexicon), token.i, patients, negated, real, single=single)
    if lemma in lexicon.words["suffer_verbs"]:
        suffered = parse.child(token.i, "dobj")
        if suffered is not None and parse.lemma(suffered.i) in lexicon.words["suffer_nouns"]:
            return Harm("injured", token.i, tuple(_subjects(parse, token.i)), negated, real)
    if lemma in lexicon.words["lives"]:
        lives = parse.child(token.i, "dobj")
        if lives is not None and lives.lower in ("lives", "life"):
            return Harm("killed", token.i, _lives(parse, token, lives), negated, real)
        if lives is not None and lemma == "lose" and parse.lemma(lives.i) in lexicon.words["fallen"]:
            return Harm("killed", token.i, (lives.i,), negated, real, single=False)
    if harm := _of_treatment(parse, token, lemma, lexicon, negated, real):
        return harm
    if lemma == "flee":
        home = parse.child(token.i, "dobj")
        if home is not None and home.lower in ("home", "homes", "house", "houses"):
            return Harm("displaced", token.i, tuple(_subjects(parse, token.i)), negated, real)
    if lemma in lexicon.words["retrieving"]:
        bodies = [j for j in find_objects(parse, token.i) if parse.lemma(j) == "body"]
        if bodies:
            return Harm("killed", token.i, tuple(bodies), negated, real, single=False)
    if lemma in lexicon.words["moves"]:
        return _of_toll(parse, token, lexicon, negated, real)
    return None


def _of_treatment(
    parse: Parse, token: Token, lemma: str, lexicon: FigureLexicon, negated: bool, real: bool
) -> Harm | None:
    """Read "taken to hospital", "treated for injuries", "found with a gunshot wound", "in critical condition"."""
    words = lexicon.words
    for child in parse.children(token.i):
        if child.dep not in ("prep", "agent"):
            continue
        noun = parse.child(child.i, "pobj")
        if noun is None:
            continue
        inner = parse.lemma(noun.i)
        around = {c.lower for c in parse.children(noun.i)}
        taken = lemma in words["treatment_taking"] and (around | {inner}) & words["treatment_places"]
        wounded = lemma in words["treatment_states"] and inner in words["suffer_nouns"] and child.lower != "to"
        ill = child.lower == "in" and inner == "condition" and around & words["suffer_conditions"]
        hit = (
            lemma in words["treatment_hitting"] and inner in words["treatment_missiles"] and is_passive(parse, token.i)
        )
        if taken or wounded or ill or hit:
            patients = _acted_on(parse, token) or tuple(_subjects(parse, token.i))
            return Harm("injured", token.i, patients, negated, real, single=bool(wounded or hit), by="rule:treatment")
    return None


def _acted_on(parse: Parse, token: Token) -> tuple[int, ...]:
    """Objects of a verb, whatever its voice; the subject of a headline's bare participle ("12 killed in raid")."""
    objects = [j for j in find_objects(parse, token.i) if parse.tokens[j].dep not in ("acomp", "oprd", "attr")]
    if not objects and token.tag in ("VBN", "VBD") and (is_passive(parse, token.i) or _is_headline(parse, token)):
        objects = _subjects(parse, token.i)
    return tuple(dict.fromkeys(objects))


def _is_headline(parse: Parse, token: Token) -> bool:
    subject = parse.child(token.i, "nsubj")
    if subject is None or parse.child(token.i, "dobj", "aux", "ccomp", "prt") is not None:
        return False
    return subject.tag == "CD" or parse.child(subject.i, "nummod") is not None


def _lives(parse: Parse, verb: Token, lives: Token) -> tuple[int, ...]:
    """Whose lives: "the lives of seven people", "seven lives"; the subject of "lost his life"."""
    for child in parse.children(lives.i):
        if child.lower == "of":
            return tuple(grand.i for grand in parse.children(child.i) if grand.dep == "pobj")
    if parse.lemma(verb.i) == "lose":
        return tuple(_subjects(parse, verb.i))
    return (lives.i,)


def _shade(parse: Parse, token: Token, key: str, lexicon: FigureLexicon) -> str:
    """Settle "shot" by what stands beside it: "shot dead", "shot and killed", "fatally shot", "shot in the leg"."""
    if key == "injured" and any(c.lower in ("fatally", "mortally") for c in parse.children(token.i)):
        return "killed"
    if key != "casualties":
        return key
    beside = [*parse.children(token.i), *(parse.tokens[j] for j in parse.conjuncts(token.i)), parse.head(token.i)]
    beside += [grand for child in parse.children(token.i) if child.lower == "to" for grand in parse.children(child.i)]
    for other in beside:
        final = other.lower in _FINAL or (other.i != token.i and lexicon.verbs.get(parse.lemma(other.i)) == "killed")
        if final and (other.i > token.i or other.dep in ("advmod", "amod")):
            return "killed"
    return key


def _of_toll(parse: Parse, token: Token, lexicon: FigureLexicon, negated: bool, real: bool) -> Harm | None:
    """Read "the death toll rose to 12", "bringing the total number of detainees to 53"."""
    counted = [c for c in parse.children(token.i) if c.dep in ("nsubj", "nsubjpass", "dobj")]
    for noun in counted:
        lemma = parse.lemma(noun.i)
        inner = [parse.lemma(j) for j in parse.subtree(noun.i, without=("relcl", "advcl"))]
        if lemma in lexicon.words["toll"]:
            key = "injured" if "injured" in inner or "injury" in inner else "killed"
        elif lemma in ("number", "total", "figure", "count"):
            key = next((k for w in inner if (k := _find_key(w, lexicon))), "")
            if not key and lemma == "count" and not parse.sentence_words(token.sentence).isdisjoint(_COUNTED):
                key = "killed"
        else:
            continue
        numbers = [
            grand.i
            for child in parse.children(token.i)
            if child.lower in ("to", "at", "past")
            for grand in parse.children(child.i)
            if grand.dep == "pobj"
        ]
        numbers += [c.i for c in parse.children(token.i) if c.dep in ("attr", "dobj", "npadvmod") and c.i != noun.i]
        if key and numbers:
            total = not _is_of_one(parse, noun, lexicon)
            return Harm(key, token.i, (numbers[0],), negated, real, total=total, by="rule:toll")
    return None


def _is_of_one(parse: Parse, noun: Token, lexicon: FigureLexicon) -> bool:
    """Say whether a toll is said to be that of one event ("the death toll from Monday's bombing")."""
    return any(
        target.tag == "NN" and parse.lemma(target.i) in lexicon.words["single"]
        for child in parse.children(noun.i)
        if child.dep == "prep" and child.lower in ("from", "of", "in", "after")
        for target in parse.children(child.i)
        if target.dep == "pobj"
    )


def _find_key(word: str, lexicon: FigureLexicon) -> str | None:
    return lexicon.nouns.get(word) or lexicon.adjectives.get(word) or lexicon.verbs.get(word)


def _of_adjective(parse: Parse, token: Token, lexicon: FigureLexicon) -> Harm | None:
    key = lexicon.adjectives[token.lower]
    negated, real = _is_negated(parse, token.i), _is_real(parse, token.i)
    head = parse.head(token.i)
    if token.tag[:2] == "VB" and parse.child(token.i, "dobj") is not None:
        # "police detained 37 people": a verb, whatever stands before it
        return None
    number = parse.child(token.i, "nummod", "nsubj")
    if number is not None and (number.dep == "nummod" or head.i != token.i):
        return Harm(
            key, token.i, (number.i if number.dep == "nsubj" else token.i,), negated, real, by="rule:harm-adjective"
        )
    if token.dep in ("amod", "acl") and head.tag[:1] in ("N", "C"):
        return Harm(key, token.i, (head.i,), negated, real, by="rule:harm-adjective")
    if (
        token.dep in ("acomp", "oprd", "ccomp", "xcomp", "attr", "advcl", "dobj", "ROOT", "conj")
        and token.tag[:2] != "VB"
    ):
        lemma = parse.lemma(head.i)
        objects = [
            child.i for child in parse.children(head.i) if child.dep in ("dobj", "nsubjpass") and child.i != token.i
        ]
        if lemma in lexicon.words["become"] and not objects:
            objects = _subjects(parse, head.i)
        if lemma in lexicon.words["become"] and objects:
            return Harm(key, token.i, tuple(objects), negated, real, by="rule:harm-adjective")
    return None


def _find_of(parse: Parse, token: Token) -> list[int]:
    """Return the nouns behind "of"; the first of coordinated nouns has it for all: "capture and murder of two"."""
    links = (child for child in parse.children(token.i) if child.lower == "of")
    return [grand.i for child in links for grand in parse.children(child.i) if grand.dep == "pobj"]


def _of_noun(parse: Parse, token: Token, lexicon: FigureLexicon) -> Harm | None:
    lemma = parse.lemma(token.i)
    key = lexicon.nouns.get(lemma)
    if key is None or token.dep == "compound":
        return None
    of = _find_of(parse, token) or (_find_of(parse, parse.tokens[token.head]) if token.dep == "conj" else [])
    negated = _lacks(parse, token)
    if negated:
        return Harm(key, token.i, (), True, True, by="rule:none-harmed") if key in NONE_KEYS else None
    if of and key != "casualties":
        return Harm(key, token.i, tuple(of), False, _is_real(parse, token.i), single=False, by="rule:harm-noun")
    if token.tag == "NNS":
        return Harm(key, token.i, (token.i,), False, _is_real(parse, token.i), by="rule:harm-noun")
    return None


def _lacks(parse: Parse, token: Token) -> bool:
    """Say whether a noun is said to be absent: "no casualties", "without casualties", "no reports of injuries"."""
    for i in (
        token.i,
        *(a.i for a in parse.ancestors(token.i) if a.dep in ("pobj", "prep") or a.lower in ("of", "reports")),
    ):
        if any(child.lower == "no" and child.dep == "det" for child in parse.children(i)):
            return True
        if parse.tokens[i].lower == "without":
            return True
    return parse.head(token.i).lower == "without"


def _subjects(parse: Parse, i: int) -> list[int]:
    """Subject of a verb, its own or that of the verb it is coordinated with or governed by."""
    for _ in range(4):
        token = parse.tokens[i]
        own = [child.i for child in parse.children(i) if child.dep in ("nsubj", "nsubjpass") and child.tag != "EX"]
        if own:
            return [lead_pronoun(parse, j) for j in own]
        if token.dep in ("acl", "relcl"):
            return [token.head]
        if token.dep not in ("conj", "pcomp", "prep", "xcomp", "advcl", "ccomp") or token.head == i:
            return []
        i = token.head
    return []


def _is_negated(parse: Parse, i: int) -> bool:
    chain = [i, *(a.i for a in parse.ancestors(i) if a.lower in ("be", "was", "were", "is", "are", "been"))][:2]
    return any(child.lower in _NEGATORS for j in chain for child in parse.children(j))


def _is_real(parse: Parse, i: int) -> bool:
    """Say whether the harm is told as real: no modal on it, no purpose, and no verb of trying or fearing above it."""
    children = parse.children(i)
    if any(child.lower in _IRREALIS and child.dep == "aux" for child in children):
        return False
    token = parse.tokens[i]
    if any(child.lower in ("attempted", "planned", "threatened", "possible") for child in children):
        return False
    marked = any(child.tag == "TO" and child.dep == "aux" for child in children)
    if marked and parse.tokens[i].tag == "VB":
        return parse.head(i).lower in ("believed", "reported", "confirmed", "known", "said", "thought", "continued")
    if any(child.lower in ("if", "unless") for child in children):
        return False
    if token.dep == "conj" and token.tag == "VB" and not any(child.dep in ("nsubj", "aux") for child in children):
        return _is_real(parse, token.head)
    return not (
        token.dep == "pcomp" and parse.lemma(parse.head(parse.head(i).i).i) in ("accuse", "threaten", "consider")
    )


def _drop_doubles(parse: Parse, found: list[Harm]) -> list[Harm]:
    """Of two predicates over the same people ("shot and killed", "pronounced dead") keep the graver; join "or"."""
    kept: list[Harm] = []
    for harm in found:
        twin = next((k for k in kept if harm.patients and set(k.patients) & set(harm.patients)), None)
        if twin is None:
            kept.append(harm)
            continue
        pair = {twin.key, harm.key}
        between = {parse.tokens[j].lower for j in range(twin.predicate, harm.predicate)}
        if pair == {"killed", "injured"} and "or" in between:
            merged = msgspec.structs.replace(harm, key="casualties")
        elif "killed" in pair and not (harm.negated or twin.negated):
            merged = harm if harm.key == "killed" else twin
        elif "casualties" in pair:
            merged = harm if harm.key != "casualties" else twin
        else:
            kept.append(harm)
            continue
        kept[kept.index(twin)] = merged
    return kept


def find_bare_harm(parse: Parse, sentence: Sentence, quantity: Quantity, lexicon: FigureLexicon) -> Harm | None:
    """Read a count by the words right after it, where the syntax says nothing ("12 dead, 30 others wounded")."""
    i = max(quantity.head + 1, quantity.last) if quantity.head >= quantity.last else quantity.last
    while i < sentence.last and (parse.tokens[i].tag[:2] in ("RB", "MD") or parse.lemma(i) in ("be", "have", "report")):
        i += 1
    if i >= sentence.last:
        return None
    token = parse.tokens[i]
    key = lexicon.adjectives.get(token.lower)
    if key is None and token.tag in ("VBN", "VBD"):
        key = lexicon.verbs.get(parse.lemma(i)) or lexicon.intransitive.get(parse.lemma(i))
    if key is None:
        return None
    return Harm(key, i, (quantity.head,), _is_negated(parse, i), _is_real(parse, i), by="rule:bare-number")
