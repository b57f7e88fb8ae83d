"""A fixed set of reports to time: invented, of about 400 words, the same for everyone.

They are put together from sentence patterns over invented countries with a seeded generator: long and short sentences,
quotations, chains, figures, plans and denials in the proportions of agency copy.
"""

import random

COUNT = 200
WORDS = 400
SEED = 20251031

_LANDS = ("Norland", "Sudmark", "Estria", "Valdova", "Karelos", "Tamran", "Ostrava Republic", "Belmarra")
_TOWNS = ("Port Selim", "Garrach", "Old Mersin", "Tuvala", "Nordhaven", "Kessel", "Arandia", "Brod")
_SEATS = (
    "Geneva",
    "Vienna",
    "Cairo",
    "Doha",
    "Nairobi",
    "Oslo",
    "Muscat",
    "New York",
    "Addis Ababa",
    "Jakarta",
    "Lima",
)
_PEOPLE = ("Ana Kovel", "Tomas Reder", "Ilse Marten", "Pavel Oran", "Nadia Serou", "Karim Dost")
_SOURCES = (
    "officials",
    "a senior military official",
    "the defence ministry",
    "residents",
    "two people familiar with the matter",
    "the Harbour Wire",
    "a spokesman for the rebels",
    "the United Nations",
)
_PATTERNS = (
    "{land} forces shelled {town} on {day}, killing at least {n} people and wounding {m}, {source} said.",
    "According to {source}, the army of {land} is preparing an offensive against rebel positions near {town}.",
    "{person}, the foreign minister of {land}, met counterparts from {other} in {seat} to discuss a truce.",
    "“We will not negotiate while our towns are under attack,” {person} told reporters, and nothing is decided.",
    "{land} denied that its warships had entered waters claimed by {other}, and accused {other} of false reports.",
    "Police in {town} arrested more than {m} demonstrators after thousands marched against the government on {day}.",
    "The Harbour Wire, citing {source}, reported that {other} had asked {land} for air-defence systems and medicine.",
    "If {other} does not withdraw its troops by the end of the month, {land} could impose sanctions, {person} warned.",
    "The strike, which destroyed a warehouse and several homes in {town}, was the third in a week, {source} said.",
    "Aid groups say over {k} people have been displaced from {town} since the fighting began in {month}.",
    "Analysts say even a limited operation might provoke a wider war in which {other} would be drawn in.",
    "In {year}, {land} occupied {town} for eleven months before it pulled out under an agreement with {other}.",
    "{source} also said that a convoy carrying food had been stopped at a checkpoint outside {town} and turned back.",
    "The Security Council is to vote on {day} on a resolution that condemns the blockade of {town}.",
    "“They came at night and took the men,” a resident of {town} said by telephone, “and we have heard nothing since.”",
    "A delegation flew from {seat} to {town} for talks, the second visit since {month}.",
    "Markets in {land} were closed for a public holiday, and schools are due to open again next week.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "March", "April", "June", "August", "September", "October", "November")


def make_reports(count: int = COUNT, words: int = WORDS, seed: int = SEED) -> list[str]:
    """Return ``count`` texts of about ``words`` words, in paragraphs; the same for the same arguments."""
    rng = random.Random(seed)
    return [_make_report(rng, words) for _ in range(count)]


def _make_report(rng: random.Random, words: int) -> str:
    paragraphs: list[str] = []
    length = 0
    while length < words:
        paragraph = " ".join(_make_sentence(rng) for _ in range(rng.randint(1, 3)))
        paragraphs.append(paragraph)
        length += len(paragraph.split())
    return "\n".join(paragraphs)


def _make_sentence(rng: random.Random) -> str:
    land, other = rng.sample(_LANDS, 2)
    sentence = rng.choice(_PATTERNS).format(
        land=land,
        other=other,
        town=rng.choice(_TOWNS),
        seat=rng.choice(_SEATS),
        person=rng.choice(_PEOPLE),
        source=rng.choice(_SOURCES),
        day=rng.choice(_DAYS),
        month=rng.choice(_MONTHS),
        year=rng.randint(1950, 2015),
        n=rng.randint(2, 40),
        m=rng.randint(10, 90),
        k=rng.randint(1, 90) * 1000,
    )
    return sentence[0].upper() + sentence[1:]
