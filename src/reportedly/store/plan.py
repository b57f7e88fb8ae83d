"""Finds the claims that fit a query, a page at a time.

A database that is left to choose may sort a million rows for a page of fifty. So the choice is made here: the filter
that leaves the fewest claims leads (its postings stand in order of publication already), every other one is looked up
for each claim it gives, and that ends when the page is full.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import countrynames
import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.store.base import Kind
from reportedly.store.batch import CHUNK
from reportedly.store.codec import OPEN_END, UNDATED, place_day, to_day, to_micros
from reportedly.store.schema import claims, documents, groups, members, origins, postings
from reportedly.store.search import Words
from reportedly.store.terms import HEDGED, make_term, name_kind, name_window, name_words

Condition = sa.ColumnElement[bool]

_FEW = 20_000
"""So many claims are sorted sooner than an index is walked through."""
_MANY = 200_000
"""So many claims that have the words searched for are not gathered; each claim is looked at for its words instead."""
_LOOK = 80
"""So many rows of an index of words are gathered while one claim is looked at for its words."""
_MAX_TERMS = 200
"""Postings of more terms than this are not merged; another filter leads, or all claims are walked through."""
_NO_START = 1


class Lead(msgspec.Struct, frozen=True):
    """A filter that can lead: by postings of any of some terms, or by a condition that an index answers.

    ``covered`` is the condition of the plan that need not be asked again of what it leads to.
    """

    terms: tuple[int, ...] = ()
    condition: Any = None
    covered: Any = None


class Plan(msgspec.Struct, frozen=True):
    """A query made into conditions.

    Attributes:
        conditions: What a claim must fulfil, all of it, each in a form that leads the database to no index.
        leads: Filters that can lead.
        first: Least place in the order of publication; None is open.
        last: Place that is not reached any more.
        words: What the search for words selects; None without one.
    """

    conditions: tuple[Any, ...]
    leads: tuple[Lead, ...]
    first: int | None
    last: int | None
    words: Any = None


class Phase(msgspec.Struct, frozen=True):
    """A stretch of an order: those with a time, then those without."""

    columns: tuple[Any, ...]
    condition: Any = None
    descending: bool = False


def holds(table: Any, as_of: int | None) -> Condition:  # a table or an alias of one
    """Return the condition that a row holds as of an instant; None is now."""
    now: Condition = table.c.retired.is_(None)
    return now if as_of is None else sa.and_(table.c.recorded <= as_of, sa.or_(now, table.c.retired > as_of))


def is_one_of(column: Any, values: Sequence[str] | Sequence[int], *, sqlite: bool) -> Condition:  # any column
    """Return the condition that a column has one of some values, of which there may be any number.

    Databases take some ten thousands of values one by one; more go in as one list.
    """
    if len(values) <= CHUNK:
        return column.in_(values)  # type: ignore[no-any-return]
    if sqlite:
        listed = sa.func.json_each(msgspec.json.encode(values).decode()).table_valued("value")
        return column.in_(sa.select(listed.c.value))  # type: ignore[no-any-return]
    kind = ARRAY(sa.BigInteger if isinstance(values[0], int) else sa.Text)
    return column == sa.any_(sa.cast(list(values), kind))  # type: ignore[no-any-return]


def is_reading(table: Any, as_of: int | None) -> Condition:
    """Return the condition that a row of ``claims`` is what was read, whatever was decided of it."""
    return sa.and_(table.c.as_read, is_latest(table, as_of))


def is_latest(table: Any, as_of: int | None) -> Condition:
    """Return the condition that no later reading has taken the place of a row of ``claims`` or ``links``."""
    now: Condition = table.c.replaced.is_(None)
    return now if as_of is None else sa.and_(table.c.recorded <= as_of, sa.or_(now, table.c.replaced > as_of))


def find_phases(order: ClaimOrder) -> tuple[Phase, ...]:
    """Return the stretches of an order."""
    c = claims.c
    if order is ClaimOrder.LATEST:
        return Phase((c.at, c.n), c.at < UNDATED, True), Phase((c.at, c.n), c.at >= UNDATED)
    if order is ClaimOrder.EVENT_TIME:
        return Phase((c.start_day, c.at, c.n), c.start_day.is_not(None)), Phase((c.at, c.n), c.start_day.is_(None))
    if order is ClaimOrder.RECORDED:
        return (Phase((c.recorded, c.n)),)
    return (Phase((c.at, c.n)),)


def make_plan(query: ClaimQuery, as_of: int | None, *, sqlite: bool) -> Plan:
    """Make conditions of a query.

    Raises:
        QueryError: its text cannot be understood.
        StoreError: a day or an instant of it is none.
    """
    first = None if query.published_since is None else place_day(query.published_since)
    last = None if query.published_until is None else place_day(query.published_until, 1)
    if last is None and first is not None:
        last = UNDATED
    leads: list[Lead] = []
    conditions: list[Condition] = [holds(claims, as_of)]
    for names in _name_terms(query):
        terms = tuple(map(make_term, names))
        conditions.append(_has_any(terms, sqlite=sqlite))
        leads.append(Lead(terms, covered=conditions[-1]))
    _add_kinds(query, leads, conditions)
    _add_times(query, leads, conditions)
    sets = _find_sets(query, as_of, sqlite=sqlite)
    leads.extend(Lead(condition=condition) for condition in sets)
    conditions.extend(sets)
    if query.recorded_since is not None:
        since = to_micros(query.recorded_since)
        leads.append(Lead(condition=claims.c.recorded >= since))
        conditions.append(claims.c.recorded + 0 >= since)
    if query.originals:
        copied = sa.select(sa.literal(1)).where(origins.c.document == claims.c.document, holds(origins, as_of))
        conditions.append(~copied.exists())
    if query.latest:
        conditions.append(~_find_later(as_of).exists())
    words = None if query.text is None else Words("search_claims", query.text, sqlite=sqlite)
    return Plan(tuple(conditions), tuple(leads), first, last, words)


def _name_terms(query: ClaimQuery) -> Iterator[list[str]]:
    """Name the terms of each filter that is given, of which a claim must have one."""
    if query.actors:
        yield [f"actor:{code}" for code in query.actors]
    if query.recipients:
        yield [f"recipient:{code}" for code in query.recipients]
    if query.parties:
        yield [f"{role}:{code}" for code in query.parties for role in ("actor", "recipient")]
    if query.countries:
        yield [f"country:{_shorten(code)}" for code in query.countries]
    if query.places:
        yield [f"place:{place}" for place in query.places]
    if query.publishers:
        yield [name_words("outlet", name) for name in query.publishers]
    if query.voices:
        yield [name_words("voice", name) for name in query.voices]


def _shorten(country: str) -> str:
    """Return a country's alpha-2 code; what is no country stays as it is, and finds nothing."""
    code = country.upper()
    return code if len(code) == 2 else (countrynames.to_code(code) or code)


def _add_kinds(query: ClaimQuery, leads: list[Lead], conditions: list[Condition]) -> None:
    if query.types:
        conditions.append(claims.c.type.in_([kind.value for kind in query.types]))
    if query.statuses:
        conditions.append(claims.c.status.in_([status.value for status in query.statuses]))
    if query.types or query.statuses:
        kinds, statuses = query.types or tuple(EventType), query.statuses or tuple(Status)
        leads.append(Lead(tuple(make_term(name_kind(kind, status)) for kind in kinds for status in statuses)))
    if query.hedged is not None:
        conditions.append(claims.c.hedged == sa.literal(query.hedged, sa.Boolean))
        if query.hedged:
            leads.append(Lead((make_term(HEDGED),)))


def _add_times(query: ClaimQuery, leads: list[Lead], conditions: list[Condition]) -> None:
    if query.since is None and query.until is None:
        return
    since = _NO_START if query.since is None else to_day(query.since)
    until = OPEN_END if query.until is None else to_day(query.until)
    conditions += [claims.c.end_day + 0 >= since, claims.c.start_day + 0 <= until]
    if since > until:
        conditions.append(sa.false())
    elif query.since is not None and query.until is not None:
        leads.append(Lead(tuple(map(make_term, name_window(since, until)))))


def _find_sets(query: ClaimQuery, as_of: int | None, *, sqlite: bool) -> list[Condition]:
    """Return the condition of each filter that names ids."""
    found: list[Condition] = []
    if query.claims:
        found.append(is_one_of(claims.c.id, query.claims, sqlite=sqlite))
    if query.documents:
        named = sa.select(documents.c.n).where(is_one_of(documents.c.id, query.documents, sqlite=sqlite))
        found.append(claims.c.document.in_(named))
    if query.stories:
        inside = _select_members(Kind.STORY, query.stories, as_of, sqlite=sqlite)
        found.append(claims.c.document.in_(sa.select(documents.c.n).where(documents.c.id.in_(inside))))
    if query.events:
        found.append(claims.c.id.in_(_select_members(Kind.EVENT, query.events, as_of, sqlite=sqlite)))
    return found


def _select_members(kind: Kind, ids: Sequence[str], as_of: int | None, *, sqlite: bool) -> sa.Select[Any]:
    within = is_one_of(members.c.group, ids, sqlite=sqlite)
    return sa.select(members.c.member).where(members.c.kind == kind.value, within, holds(members, as_of))


def _has_any(terms: Sequence[int], *, sqlite: bool) -> Condition:
    same = (postings.c.at == claims.c.at, postings.c.claim == claims.c.n)
    return sa.select(sa.literal(1)).where(is_one_of(postings.c.term, terms, sqlite=sqlite), *same).exists()


def _find_later(as_of: int | None) -> sa.Select[Any]:
    """Select later versions of a claim's document."""
    own, later = documents.alias("own"), documents.alias("later")
    if as_of is None:
        return sa.select(sa.literal(1)).where(own.c.n == claims.c.document, own.c.superseded.is_not(None))
    return sa.select(sa.literal(1)).where(
        own.c.n == claims.c.document,
        later.c.chain == own.c.chain,
        later.c.version > own.c.version,
        later.c.recorded <= as_of,
    )


class Finder:
    """Runs a plan on a connection."""

    def __init__(self, connection: sa.Connection, plan: Plan, order: ClaimOrder) -> None:
        self._connection = connection
        self._plan = plan
        self._phases = find_phases(order)
        self._in_order = order in (ClaimOrder.PUBLISHED, ClaimOrder.LATEST)
        self._conditions = plan.conditions
        self._lead, self._few = self._choose()

    def _choose(self) -> tuple[Lead | None, bool]:
        """Return the filter that leaves the fewest claims, and whether these are few enough to be sorted."""
        counted = [
            (self._count(self._select_lead(lead), _FEW), number)
            for number, lead in enumerate(self._plan.leads)
            if len(lead.terms) <= _MAX_TERMS
        ]
        best, count = (self._plan.leads[min(counted)[1]], min(counted)[0]) if counted else (None, _FEW)
        if self._plan.words is not None:
            inside = claims.c.n.in_(self._plan.words.select())
            found = self._count(self._plan.words.select(), _MANY)
            if found < min(count, _FEW):
                best, count = Lead(condition=inside), found
            # Where many have the words, or few claims are looked at, looking is quicker than gathering.
            alone = found >= _MANY or count * _LOOK < found
            self._conditions += (self._plan.words.matches(claims.c.n) if alone else inside,)
        return best, count < _FEW

    def _count(self, query: sa.Select[Any], most: int) -> int:
        """Count what a query selects, up to a limit: how many more there are does not matter."""
        some = query.limit(most).subquery()
        return self._connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0

    def _select_lead(self, lead: Lead) -> sa.Select[Any]:
        if lead.terms:
            return sa.select(postings.c.claim).where(postings.c.term.in_(lead.terms), *self._bound(postings.c.at))
        return sa.select(claims.c.n).where(lead.condition)

    def _bound(self, at: Any) -> list[Condition]:  # a column of either table
        bounds = [] if self._plan.first is None else [at >= self._plan.first]
        return bounds if self._plan.last is None else [*bounds, at < self._plan.last]

    def _find_rest(self) -> list[Condition]:
        """Return what is still to be asked of claims that the leading filter leads to."""
        covered = None if self._lead is None else self._lead.covered
        return [condition for condition in self._conditions if condition is not covered]

    def find(self, limit: int, after: Any = None) -> list[int]:  # a row of ``claims``
        """Return the numbers of the first claims that fit, or of the first after one, in order."""
        found: list[int] = []
        start = 0 if after is None else self._find_phase(after)
        for number, phase in enumerate(self._phases[start:], start):
            bound = after if number == start else None
            if len(found) < limit:
                found += self._find_in(phase, limit - len(found), bound)
        return found

    def _find_phase(self, after: Any) -> int:
        if len(self._phases) == 1:
            return 0
        if self._in_order:
            return int(after.at >= UNDATED)
        return int(after.start_day is None)

    def _find_in(self, phase: Phase, limit: int, after: Any) -> list[int]:
        if self._lead is None or not (self._few or (self._in_order and self._lead.terms)):
            return self._walk(phase, limit, after)
        if self._in_order and self._lead.terms:
            return self._merge(phase, limit, after)
        return self._sort(phase, limit, after)

    def _walk(self, phase: Phase, limit: int, after: Any) -> list[int]:
        """Walk through all claims in order."""
        query = sa.select(claims.c.n).where(*self._conditions, *self._bound(claims.c.at))
        return list(self._connection.scalars(_arrange(query, phase, phase.columns, after).limit(limit)))

    def _sort(self, phase: Phase, limit: int, after: Any) -> list[int]:
        """Sort what the leading filter leaves."""
        assert self._lead is not None
        query = sa.select(claims.c.n).where(*self._find_rest(), *self._bound(claims.c.at + 0))
        query = query.where(claims.c.n.in_(self._select_lead(self._lead)))
        # An expression in place of a column keeps the database from walking through the index of the order.
        columns = tuple(column + 0 for column in phase.columns)
        return list(self._connection.scalars(_arrange(query, phase, columns, after).limit(limit)))

    def _merge(self, phase: Phase, limit: int, after: Any) -> list[int]:
        """Merge the postings of the leading terms, which are in order; a claim may stand under several of them."""
        assert self._lead is not None
        parts = [self._select_postings(term, phase, limit, after) for term in self._lead.terms]
        if len(parts) == 1:
            return [row.claim for row in self._connection.execute(parts[0])]
        merged = sa.union_all(*(sa.select(part.subquery()) for part in parts)).subquery()
        keys = (merged.c.at, merged.c.claim)
        query = sa.select(*keys).distinct().order_by(*(key.desc() if phase.descending else key for key in keys))
        return [row.claim for row in self._connection.execute(query.limit(limit))]

    def _select_postings(self, term: int, phase: Phase, limit: int, after: Any) -> sa.Select[Any]:
        table = postings.alias()
        at, claim = table.c.at, table.c.claim
        fits = sa.select(sa.literal(1)).where(claims.c.n == claim, *self._find_rest()).correlate(table)
        query = sa.select(at, claim).where(table.c.term == term, *self._bound(at), fits.exists())
        if len(self._phases) > 1:
            query = query.where(at < UNDATED if phase.descending else at >= UNDATED)
        if after is not None:
            key, last = sa.tuple_(at, claim), sa.tuple_(after.at, after.n)
            query = query.where(key < last if phase.descending else key > last)
        keys = (at.desc(), claim.desc()) if phase.descending else (at, claim)
        return query.order_by(*keys).limit(limit)

    def inside_events(self, as_of: int | None) -> Condition:
        """Return the condition that an event (of ``groups``) holds a claim that fits."""
        fits = sa.select(members.c.group).where(members.c.kind == Kind.EVENT.value, holds(members, as_of))
        if self._few and self._lead is not None:
            query = sa.select(claims.c.id).where(*self._find_rest(), *self._bound(claims.c.at + 0))
            query = query.where(claims.c.n.in_(self._select_lead(self._lead)))
            return groups.c.id.in_(fits.where(members.c.member.in_(query)))
        inside = fits.join(claims, claims.c.id == members.c.member).where(
            members.c.group == groups.c.id, *self._conditions, *self._bound(claims.c.at + 0)
        )
        return inside.correlate(groups).exists()

    def count(self) -> int:
        """Count the claims that fit."""
        query = sa.select(sa.func.count()).where(*self._find_rest(), *self._bound(claims.c.at + 0))
        query = query.select_from(claims)
        if self._lead is not None:
            query = query.where(claims.c.n.in_(self._select_lead(self._lead)))
        return self._connection.scalar(query) or 0


def _arrange(query: sa.Select[Any], phase: Phase, columns: Sequence[Any], after: Any) -> sa.Select[Any]:
    if phase.condition is not None:
        query = query.where(phase.condition)
    if after is not None:
        key = sa.tuple_(*columns)
        last = sa.tuple_(*(getattr(after, column.name) for column in phase.columns))
        query = query.where(key < last if phase.descending else key > last)
    return query.order_by(*(column.desc() if phase.descending else column for column in columns))
