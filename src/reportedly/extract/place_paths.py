"""How a place name hangs on an event in the syntax of its sentence."""

import msgspec

from reportedly.extract.mentions import PlaceMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.place_lexicon import PlaceLexicon


class Path(msgspec.Struct):
    """How a place name hangs on an event: what is crossed from the name up to a word that both hang on, and down.

    Attributes:
        label: Dependency by which the name fills the role of a noun at the top, prepositions aside.
        preposition: The lowest preposition crossed.
        nouns: Nouns crossed.
        crossed: All tokens crossed outside the name.
        clauses: Verbs crossed.
        down: Steps from the shared word down to the event.
        reported: Whether the event is the content of a clause of speech below the shared word.
        said: Whether, besides, the name comes after that word: "said in X that …".
        addressed: Whether the shared word is a verb that only leads to the event: "accused X of preparing an attack".
        listed: Whether an apposition or a conjunct was crossed.
        temporal: Whether a preposition of time was crossed: it leads to another event.
        holds: Whether another place name was crossed, which is then the closer one.
    """

    label: str
    preposition: Token | None = None
    nouns: list[Token] = msgspec.field(default_factory=list)
    crossed: list[int] = msgspec.field(default_factory=list)
    clauses: int = 0
    down: int = 0
    reported: bool = False
    said: bool = False
    addressed: bool = False
    listed: bool = False
    temporal: bool = False
    holds: bool = False


def stands_for(parse: Parse, mention: PlaceMention, i: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a token belongs to a name, or is the kind of place that the name is given ("X district")."""
    if mention.first <= i < mention.last:
        return True
    token = parse.tokens[mention.last - 1]
    return token.head == i and token.dep in ("compound", "nmod") and parse.tokens[i].lower in lexicon.words["generics"]


def find_path(parse: Parse, head: int, mention: PlaceMention, lexicon: PlaceLexicon) -> Path:
    """Climb from the name to the first word that the event hangs on too."""
    lineage = [head, *(token.i for token in parse.ancestors(head))]
    depth = {i: steps for steps, i in enumerate(lineage)}
    inside = range(mention.first, mention.last)
    i = next((j for j in inside if parse.tokens[j].head not in inside or parse.tokens[j].head == j), mention.last - 1)
    path = Path(parse.tokens[i].dep)
    while i not in depth:
        token = parse.tokens[i]
        if token.i not in inside:
            path.crossed.append(token.i)
            if token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO", "RB", "VBG"):
                if not _names_kind(parse, token, lexicon):
                    path.preposition = path.preposition or token
                path.temporal = path.temporal or token.lower in lexicon.words["temporal"]
            elif token.tag[:2] == "NN":
                path.nouns.append(token)
            elif token.tag[:2] == "VB":
                path.clauses += 1
        path.listed = path.listed or token.dep in ("appos", "conj")
        if token.dep in ("dobj", "nsubjpass", "attr", "nsubj") and path.preposition is None:
            path.label = token.dep
        if token.head == i:
            break
        i = token.head
    path.down = depth.get(i, len(lineage))
    path.reported = any(parse.tokens[j].dep in ("ccomp", "parataxis") for j in lineage[: path.down])
    path.addressed = path.down > 0 and _is_addressed(parse, i, lineage[path.down - 1], lexicon)
    path.said = path.reported and mention.first > lineage[min(path.down, len(lineage) - 1)]
    return path


def _names_kind(parse: Parse, preposition: Token, lexicon: PlaceLexicon) -> bool:
    """Say whether "of" only ties a name to its kind ("the town of X"), so that the words outside count."""
    return preposition.lower == "of" and parse.head(preposition.i).lower in lexicon.words["generics"]


def _is_addressed(parse: Parse, verb: int, below: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a name hangs on a verb that only leads to the event ("accused X of preparing an attack")."""
    if parse.tokens[verb].tag[:2] != "VB" or parse.lemma(verb) in lexicon.words["taking"]:
        return False
    return parse.tokens[below].dep not in ("dobj", "nsubj", "nsubjpass", "attr", "conj")
