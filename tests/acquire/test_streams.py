"""Streams that unpack, look ahead and stop in time."""

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from reportedly.acquire.streams import Gunzip, buffer, look_ahead, read_up_to


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4), st.integers(1, 5000))
def test_gunzip_gives_what_was_packed_however_it_is_read(members: list[bytes], size: int) -> None:
    stream = Gunzip(io.BytesIO(b"".join(gzip.compress(member) for member in members)))
    parts = []
    while part := stream.read(size):
        parts.append(part)
    assert b"".join(parts) == b"".join(members)
    assert stream.damage is None


@given(st.binary(min_size=50, max_size=5000), st.data())
def test_a_cut_keeps_what_came_before_and_is_told(content: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(content)
    cut = data.draw(st.integers(1, len(packed) - 1))
    stream = Gunzip(io.BytesIO(packed[:cut]))
    assert content.startswith(stream.readall() or b"")
    assert "truncated" in (stream.damage or "")


def test_damage_is_told_and_ends_the_stream() -> None:
    packed = bytearray(gzip.compress(b"Two ports were closed. " * 400))
    packed[30:40] = b"\xff" * 10
    stream = Gunzip(io.BytesIO(bytes(packed)))
    stream.readall()
    assert "damaged" in (stream.damage or "")


def test_zeros_behind_the_last_member_mean_nothing() -> None:
    stream = Gunzip(io.BytesIO(gzip.compress(b"one") + b"\0" * 100))
    assert stream.readall() == b"one"
    assert stream.damage is None


def test_a_bomb_is_never_unpacked_whole() -> None:
    stream = buffer(Gunzip(io.BytesIO(gzip.compress(b"\0" * 30_000_000))))
    assert read_up_to(stream, 1000) is None
    assert stream.tell() < 200_000


@given(st.binary(max_size=20_000))
def test_looking_ahead_takes_nothing_away(content: bytes) -> None:
    head, stream = look_ahead(io.BytesIO(content))
    assert content.startswith(head)
    assert stream.read() == content


def test_the_limit_itself_is_still_read() -> None:
    assert read_up_to(io.BytesIO(b"12345"), 5) == b"12345"
    assert read_up_to(io.BytesIO(b"123456"), 5) is None
