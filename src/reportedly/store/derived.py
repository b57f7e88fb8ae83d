"""Writes what linking gives: links, origins, events and stories, sketches, and its own small values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from reportedly.records.event import Event, Story
from reportedly.records.link import Link, make_link_id
from reportedly.records.stored import Sketch
from reportedly.store.base import Kind
from reportedly.store.batch import chunk
from reportedly.store.codec import decode_event, decode_sketch, decode_story, encode, to_day
from reportedly.store.reports import ReportWriter
from reportedly.store.schema import documents, groups, heirs, links, members, origins, sketch_keys, sketches, state
from reportedly.store.terms import make_term


class DerivedWriter(ReportWriter):
    """The part of ``base.Writer`` that keeps what links make of reports."""

    def put_links(self, drawn: Iterable[Link]) -> None:
        """See ``base.Writer``."""
        for some in chunk(drawn):
            self._put_links(some)

    def _put_links(self, some: Sequence[Link]) -> None:
        self.flush()
        named = {make_link_id(link): link for link in some}
        read = sa.and_(links.c.within.is_not(None), links.c.replaced.is_(None))
        rows = self.connection.execute(
            sa.select(links.c.n, links.c.id, links.c.record, links.c.within, links.c.retired, links.c.replaced).where(
                links.c.id.in_(named), sa.or_(links.c.retired.is_(None), read)
            )
        ).all()
        alike = [row for row in rows if row.record == encode(named[row.id])]
        same = {row.id: row.n for row in alike if row.retired is None}
        self._retire(links, [row.n for row in rows if row.retired is None and same.get(row.id) != row.n])
        # One that reading drew and that was taken back is drawn again as what reading drew.
        again = {row.id: row for row in alike if row.id not in same}
        for some_rows in chunk(row.n for row in again.values()):
            self.connection.execute(sa.update(links).where(links.c.n.in_(some_rows)).values(replaced=self.clock))
        for link_id, link in named.items():
            if link_id not in same:
                self.put_link(link, again[link_id].within if link_id in again else None)
        self.flush()

    def retire_links(self, ids: Iterable[str]) -> None:
        """See ``base.Writer``."""
        self.flush()
        for some in chunk(ids):
            self.connection.execute(
                sa.update(links).where(links.c.id.in_(some), links.c.retired.is_(None)).values(retired=self.clock)
            )

    def _retire(self, table: sa.Table, numbers: Iterable[int]) -> None:
        for some in chunk(numbers):
            self.connection.execute(sa.update(table).where(table.c.n.in_(some)).values(retired=self.clock))

    def _delete(self, table: sa.Table, numbers: Iterable[int]) -> None:
        for some in chunk(numbers):
            self.connection.execute(sa.delete(table).where(table.c.n.in_(some)))

    def put_origins(self, copied: Mapping[str, str | None]) -> None:
        """See ``base.Writer``."""
        for some in chunk(copied):
            self._put_origins({document: copied[document] for document in some})

    def _put_origins(self, wanted: Mapping[str, str | None]) -> None:
        rows = self.connection.execute(
            sa.select(documents.c.n, documents.c.id, origins.c.origin, origins.c.recorded)
            .select_from(documents)
            .outerjoin(origins, sa.and_(origins.c.document == documents.c.n, origins.c.retired.is_(None)))
            .where(documents.c.id.in_(wanted))
        ).all()
        changed = [row for row in rows if row.origin != wanted[row.id]]
        for row in changed:
            here = sa.and_(origins.c.document == row.n, origins.c.retired.is_(None))
            if row.recorded == self.clock:
                self.connection.execute(sa.delete(origins).where(here))
            elif row.origin is not None:
                self.connection.execute(sa.update(origins).where(here).values(retired=self.clock))
        new = [
            {"document": row.n, "origin": wanted[row.id], "recorded": self.clock, "retired": None}
            for row in changed
            if wanted[row.id] is not None
        ]
        if new:
            self.connection.execute(sa.insert(origins), new)

    def put_events(self, events: Iterable[Event], retired: Iterable[str] = ()) -> None:
        """See ``base.Writer``."""
        new = {event.id: (event, event.claims, event.last) for event in events}
        self._put_groups(Kind.EVENT, new, tuple(retired), lambda record: decode_event(record).claims)

    def put_stories(self, stories: Iterable[Story], retired: Iterable[str] = ()) -> None:
        """See ``base.Writer``."""
        new = {story.id: (story, story.documents, story.last) for story in stories}
        self._put_groups(Kind.STORY, new, tuple(retired), lambda record: decode_story(record).documents)

    def _put_groups(
        self,
        kind: Kind,
        new: Mapping[str, tuple[Event | Story, tuple[str, ...], str | None]],
        retired: Sequence[str],
        read_members: Callable[[bytes], tuple[str, ...]],
    ) -> None:
        self.flush()
        gone: dict[str, tuple[str, ...]] = {}
        for ids in chunk((*new, *retired)):
            rows = self.connection.execute(
                sa.select(groups.c.n, groups.c.id, groups.c.record, groups.c.recorded).where(
                    # Ids lead: the kind is written so that no index of it does, which would walk through all events.
                    groups.c.kind.concat("") == kind,
                    groups.c.id.in_(ids),
                    groups.c.retired.is_(None),
                )
            ).all()
            old = [row for row in rows if row.id not in new or row.record != encode(new[row.id][0])]
            gone.update((row.id, read_members(row.record)) for row in old)
            self._retire(groups, [row.n for row in old if row.recorded != self.clock])
            # What began at this clock never held: no member would lead to its words, were one of these to be forgotten.
            self._delete(groups, [row.n for row in old if row.recorded == self.clock])
            standing = {row.id for row in rows} - {row.id for row in old}
            for group_id in ids:
                if group_id in new and group_id not in standing:
                    record, _, last = new[group_id]
                    self.put(
                        groups,
                        n=self.take_number(groups),
                        kind=kind.value,
                        id=group_id,
                        last=last or "",
                        record=encode(record),
                        recorded=self.clock,
                        retired=None,
                    )
        self.flush()
        self._move_members(kind, {group: entry[1] for group, entry in new.items()}, gone)
        self._lead_on(kind, {group: gone[group] for group in retired if group in gone and group not in new})

    def _move_members(self, kind: Kind, new: Mapping[str, Sequence[str]], gone: Mapping[str, Sequence[str]]) -> None:
        """Point members to the groups that hold them now; those that none holds any more point nowhere."""
        wanted = {member: group for group, held in new.items() for member in held}
        for some in chunk((*wanted, *(member for held in gone.values() for member in held))):
            present = self._find_groups(kind, some)
            moved: list[str] = []
            for member in some:
                group = present.get(member)
                target = wanted.get(member, None if group in gone else group)
                if group == target:
                    continue
                moved.append(member)
                if target is not None:
                    self.put(members, kind=kind.value, member=member, group=target, recorded=self.clock, retired=None)
            holds = sa.and_(members.c.kind == kind, members.c.member.in_(moved), members.c.retired.is_(None))
            if moved:
                self.connection.execute(sa.delete(members).where(holds, members.c.recorded == self.clock))
                self.connection.execute(sa.update(members).where(holds).values(retired=self.clock))
        self.flush()

    def _find_groups(self, kind: Kind, some: Sequence[str]) -> dict[str, str]:
        rows = self.connection.execute(
            sa.select(members.c.member, members.c.group).where(
                members.c.kind == kind, members.c.member.in_(some), members.c.retired.is_(None)
            )
        )
        return {row.member: row.group for row in rows}

    def _lead_on(self, kind: Kind, gone: Mapping[str, Sequence[str]]) -> None:
        """Let the ids of retired groups lead to those that hold the first of their members now."""
        for ids in chunk(gone):
            for group in ids:
                parts = (self._find_groups(kind, part) for part in chunk(gone[group]))
                heir = next((found[member] for found in parts for member in gone[group] if member in found), None)
                if heir is None or heir == group:
                    continue
                self.connection.execute(sa.delete(heirs).where(heirs.c.id == group, heirs.c.recorded == self.clock))
                self.connection.execute(sa.insert(heirs).values(id=group, heir=heir, recorded=self.clock))

    def put_sketches(self, kind: str, remembered: Iterable[Sketch]) -> None:
        """See ``base.Writer``."""
        for some in chunk(remembered):
            self._put_sketches(kind, {sketch.subject: sketch for sketch in some})

    def _put_sketches(self, kind: str, new: Mapping[str, Sketch]) -> None:
        here = sa.and_(sketches.c.kind == kind, sketches.c.subject.in_(new))
        old = [decode_sketch(row.record) for row in self.connection.execute(sa.select(sketches.c.record).where(here))]
        if old:
            self._drop_sketch_keys(kind, old)
            self.connection.execute(sa.delete(sketches).where(here))
        self.connection.execute(
            sa.insert(sketches),
            [{"kind": kind, "subject": sketch.subject, "record": encode(sketch)} for sketch in new.values()],
        )
        keys = [row for sketch in new.values() for row in _make_keys(kind, sketch)]
        if keys:
            self.connection.execute(sa.insert(sketch_keys), keys)

    def _drop_sketch_keys(self, kind: str, old: Iterable[Sketch]) -> None:
        """Take the blocking keys of sketches away."""
        for row in (row for sketch in old for row in _make_keys(kind, sketch)):
            self.connection.execute(
                sa.delete(sketch_keys).where(
                    sketch_keys.c.key == row["key"],
                    sketch_keys.c.day == row["day"],
                    sketch_keys.c.subject == row["subject"],
                )
            )

    def drop_sketches(self, subjects: Iterable[str] | None, kinds: Iterable[str]) -> None:
        """See ``base.Writer``."""
        named = list(kinds)
        if subjects is None:
            query = sa.select(sketches.c.subject).where(sketches.c.kind.in_(named)).distinct()
            subjects = self.connection.scalars(query).all()
        for some in chunk(subjects):
            self.drop_sketches_where(sa.and_(sketches.c.subject.in_(some), sketches.c.kind.in_(named)))

    def drop_sketches_where(self, here: sa.ColumnElement[bool]) -> None:
        """Forget the sketches that fulfil a condition, with their keys."""
        for row in self.connection.execute(sa.select(sketches.c.kind, sketches.c.record).where(here)).all():
            self._drop_sketch_keys(row.kind, [decode_sketch(row.record)])
        self.connection.execute(sa.delete(sketches).where(here))

    def put_state(self, key: str, value: bytes) -> None:
        """See ``base.Writer``."""
        self.connection.execute(sa.delete(state).where(state.c.key == f"own:{key}"))
        self.connection.execute(sa.insert(state).values(key=f"own:{key}", value=value))

    def get_state(self, key: str) -> bytes | None:
        """See ``base.Writer``."""
        return self.connection.scalar(sa.select(state.c.value).where(state.c.key == f"own:{key}"))


def _make_keys(kind: str, sketch: Sketch) -> list[dict[str, Any]]:
    """Return the rows of a sketch's blocking keys; several keys that meet in one number are one."""
    day = 0 if sketch.day is None else to_day(sketch.day)
    numbers = dict.fromkeys(make_term(f"{kind}|{key}") for key in sketch.keys)
    return [{"key": number, "day": day, "subject": sketch.subject} for number in numbers]
