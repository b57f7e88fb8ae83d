"""What a list of place names knows of one name, so that extraction need not see the gazetteer."""

import msgspec


class KnownName(msgspec.Struct, frozen=True, gc=False):
    """What is known of one name.

    Attributes:
        kind: Of the largest bearer: ``country``, ``admin1``, ``admin2``, ``capital``, ``city`` or the kind of an area.
        population: Of the largest bearer; 0 where it has none.
        bearers: How many places bear the name.
        primary: Whether one of them bears it as its own name, not as a variant.
        adjective: Whether it is an adjective or a word for the people ("Venezuelan") and nothing else.
        given: Whether it comes from the user's own list, which is believed.
        name: The plain name of the largest bearer: "Venezuela" for "Venezuelan".
        country: ISO 3166 alpha-2 of the largest bearer; None at sea and across borders.
        town: Whether a town is among the bearers, whatever the largest is (Lima is a region too).
        capital: Whether the capital of a state is among them: the name may stand for its government.
    """

    kind: str
    population: int
    bearers: int
    primary: bool
    adjective: bool
    given: bool = False
    name: str = ""
    country: str | None = None
    town: bool = False
    capital: bool = False
