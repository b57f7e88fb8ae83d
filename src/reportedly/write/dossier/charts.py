"""Tolls over time as inline SVG: a line a source, a mark a figure, bounds drawn as bounds."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape

import msgspec

from reportedly.write.dossier.model import Toll, TollLine
from reportedly.write.wording import excerpt

_WIDTH, _HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 210, 14, 34
_STEPS = (1, 2, 5)
_ARROW, _ASIDE, _MOST_ASIDE = 13, 13, 26
_LABEL = 15
"""Least distance between two labels, one above the other."""
_TONES = 6
"""Colours and shapes there are; a seventh source starts again, and has its name beside its line all the same."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class _Frame(msgspec.Struct, frozen=True):
    """What days and counts are drawn between, and how high the picture is."""

    first: date
    days: int
    top: int
    height: int

    @property
    def bottom(self) -> int:
        """Where the axis of days stands."""
        return self.height - _BOTTOM

    def x(self, day: str) -> float:
        """Return where a day stands."""
        at = (date.fromisoformat(day) - self.first).days / self.days if self.days else 0.5
        return _LEFT + 14 + (_WIDTH - _LEFT - _RIGHT - 28) * at

    def y(self, count: int) -> float:
        """Return where a count stands."""
        return self.bottom - (self.bottom - _TOP - _ARROW) * count / self.top


def draw_toll(toll: Toll) -> Toll:
    """Return the toll with its chart: days from left to right, counts upwards, one line a source.

    A mark is a figure, a bar a range, an arrow an open bound; hollow is what its source has since replaced or taken
    back. Where all figures are of one day, or all say the same, nothing is drawn: the table says it.
    """
    lines = [line for line in toll.lines if line.day and (line.low is not None or line.high is not None)]
    if len({line.day for line in lines}) < 2 or len({(line.low, line.high) for line in lines}) < 2:
        return toll
    days = sorted(date.fromisoformat(line.day) for line in lines if line.day)
    highest = max(bound for line in lines for bound in (line.low, line.high) if bound is not None)
    step = _find_step(highest)
    voices = list(dict.fromkeys(line.voice for line in lines))
    height = max(_HEIGHT, _TOP + _LABEL * len(voices) + _BOTTOM)
    frame = _Frame(days[0], (days[-1] - days[0]).days, max(step, -(-highest // step) * step), height)
    words = f"{toll.key}, by source and over time: {toll.range}. The table below says the same."
    parts = [
        f'<svg class="chart" role="img" aria-label="{escape(words)}" viewBox="0 0 {_WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg">',
        *_draw_grid(frame, step, days),
    ]
    ends: list[tuple[float, float, str, int]] = []
    alike = Counter((line.day, _find_height(line)) for line in lines)
    taken: Counter[tuple[str | None, int]] = Counter()
    for number, voice in enumerate(voices):
        own = [line for line in lines if line.voice == voice]
        points = []
        for line in own:
            # Sources that say the same on one day stand side by side, around the day.
            place = (line.day, _find_height(line))
            wide = min(_ASIDE * (alike[place] - 1), _MOST_ASIDE)
            aside = wide * (taken[place] / (alike[place] - 1) - 0.5) if wide else 0
            taken[place] += 1
            points.append((frame.x(line.day or "") + aside, frame.y(_find_height(line))))
        parts.extend(_draw_voice(own, points, frame, number % _TONES))
        ends.append((*points[-1], voice, number % _TONES))
    parts.extend(_draw_labels(ends, frame))
    parts.append("</svg>")
    return msgspec.structs.replace(toll, chart="".join(parts))


def _find_height(line: TollLine) -> int:
    """The bound that a line is led to: the lower one, where there is one."""
    return line.low if line.low is not None else line.high or 0


def _draw_grid(frame: _Frame, step: int, days: Sequence[date]) -> list[str]:
    parts = []
    for value in range(0, frame.top + 1, step):
        y = frame.y(value)
        parts.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text class="tick end" x="{_LEFT - 8}" y="{y + 4:.1f}">{value:,}</text>')
    shown: list[float] = []
    for day in dict.fromkeys(days):
        x = frame.x(day.isoformat())
        if shown and x - shown[-1] < 52:
            continue
        shown.append(x)
        parts.append(f'<path class="grid" d="M{x:.1f} {frame.bottom}v5"/>')
        parts.append(
            f'<text class="tick mid" x="{x:.1f}" y="{frame.bottom + 19}">{day.day} {_MONTHS[day.month - 1]}</text>'
        )
    return parts


def _draw_voice(own: Sequence[TollLine], points: Sequence[tuple[float, float]], frame: _Frame, tone: int) -> list[str]:
    paths = []
    # A figure of a series is no later state of a figure of the one event.
    for scope in dict.fromkeys(line.scope for line in own):
        places = [f"{x:.1f} {y:.1f}" for line, (x, y) in zip(own, points, strict=True) if line.scope == scope]
        if len(places) > 1:
            paths.append(f'<path class="line" d="M{"L".join(places)}"/>')
    marks = (_draw_mark(line, point, frame, tone) for line, point in zip(own, points, strict=True))
    return [f'<g class="tone{tone}">', *paths, *marks, "</g>"]


def _draw_mark(line: TollLine, point: tuple[float, float], frame: _Frame, tone: int) -> str:
    kind = "mark" if line.stands else "mark gone"
    x, y = point
    title = f"<title>{escape(_word(line))}</title>"
    shape = _draw_shape(x, y, tone)
    if line.low is not None and line.high is not None:
        span = "" if line.low == line.high else f'<path class="span" d="M{x:.1f} {y:.1f}V{frame.y(line.high):.1f}"/>'
        return f'<g class="{kind}">{title}{span}{shape}</g>'
    up = -1 if line.high is None else 1
    arrow = f'<path class="span" d="M{x:.1f} {y:.1f}v{up * _ARROW}m-4 {-up * 5}l4 {up * 5}l4 {-up * 5}"/>'
    return f'<g class="{kind}">{title}{arrow}{shape}</g>'


def _draw_shape(x: float, y: float, tone: int) -> str:
    """A shape a source, so that nothing hangs on colour alone."""
    if tone == 0:
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
    outline = (
        "m0-6.5l6.5 6.5l-6.5 6.5l-6.5-6.5z",
        "m-5-5h10v10h-10z",
        "m0-6.5l6.3 11h-12.6z",
        "m0 6.5l6.3-11h-12.6z",
        "m-6.5-2.5h4v-4h5v4h4v5h-4v4h-5v-4h-4z",
    )[tone - 1]
    return f'<path class="dot" d="M{x:.1f} {y:.1f}{outline}"/>'


def _place_labels(ends: Sequence[float], bottom: int) -> list[float]:
    """Return where labels stand, given where their lines end, in order: near them, apart, and above the bottom."""
    places: list[float] = []
    for y in ends:
        places.append(max(y, places[-1] + _LABEL) if places else y)
    for i, lowest in enumerate(range(bottom, bottom - _LABEL * len(places), -_LABEL), start=1):
        places[-i] = min(places[-i], lowest)
    return places


def _draw_labels(ends: Sequence[tuple[float, float, str, int]], frame: _Frame) -> list[str]:
    """Name each line beside the plot, apart from each other, with a thin line that leads to it."""
    parts = []
    x = _WIDTH - _RIGHT + 14
    ordered = sorted(ends, key=lambda end: (end[1], end[2]))
    places = _place_labels([y for _, y, _, _ in ordered], frame.bottom)
    for (start, y, voice, tone), middle in zip(ordered, places, strict=True):
        parts.append(f'<path class="lead" d="M{min(start + 9, x - 18):.1f} {y:.1f}L{x - 18} {middle:.1f}h4"/>')
        name = f'<text class="name" x="{x + 4}" y="{middle + 4:.1f}">{escape(excerpt(voice, 28))}</text>'
        parts.append(f'<g class="tone{tone}"><g class="mark">{_draw_shape(x - 6, middle, tone)}</g>{name}</g>')
    return parts


def _word(line: TollLine) -> str:
    state = "" if line.stands else ", taken back" if line.retracted else ", replaced since"
    return f"{line.voice}: {line.words}, {line.day or 'undated'}{state}"


def _find_step(highest: int) -> int:
    """The step of the axis: 1, 2 or 5 times a power of ten, so that there are at most six."""
    size = 1
    while True:
        for step in _STEPS:
            if highest <= step * size * 6:
                return step * size
        size *= 10
