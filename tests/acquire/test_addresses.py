"""Which addresses may be reached."""

from ipaddress import ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.acquire.addresses import Address, GuardedBackend, RefusedAddressError, UnknownHostError, is_public

REFUSED = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.0.3",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "224.0.1.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "::7f00:1",
]
ALLOWED = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_the_public_internet_is_refused(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ALLOWED)
def test_the_public_internet_is_not(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_by_what_is_within(address: Address) -> None:
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ip_address(wrapped)) == is_public(address)


@pytest.mark.parametrize("found", [[], ["10.0.0.1"], ["::1", "192.168.0.1"]])
def test_no_connection_is_tried_where_nothing_may_be_reached(found: list[str]) -> None:
    backend = GuardedBackend(resolve=lambda host, port: [ip_address(text) for text in found])
    with pytest.raises(RefusedAddressError, match=r"inner\.example"):
        backend.connect_tcp("inner.example", 80)


def test_a_deadline_that_has_passed_ends_the_attempt_before_it_begins() -> None:
    backend = GuardedBackend(resolve=lambda host, port: [ip_address("93.184.216.34")])
    backend.deadline = 0.0
    with pytest.raises(httpcore.ReadTimeout):
        backend.connect_tcp("slow.example", 80)


@pytest.mark.enable_socket
@pytest.mark.network
def test_a_name_that_cannot_be_one_is_unknown() -> None:
    with pytest.raises(UnknownHostError):
        GuardedBackend().connect_tcp("a" * 70 + ".example", 80)
