import pytest

from reportedly.link.distance import measure_km
from reportedly.records.event import EventPlace


def make_place(latitude: float, longitude: float) -> EventPlace:
    return EventPlace("x", "X", "city", None, None, latitude, longitude, 5.0, 1.0)


def test_a_quarter_of_the_globe_is_ten_thousand_km() -> None:
    assert measure_km(make_place(0, 0), make_place(90, 0)) == pytest.approx(10_007.5, abs=1)


def test_the_way_back_is_as_long_and_the_date_line_is_no_wall() -> None:
    assert measure_km(make_place(0, 179), make_place(0, -179)) == pytest.approx(222.4, abs=0.1)
    assert measure_km(make_place(0, -179), make_place(0, 179)) == pytest.approx(222.4, abs=0.1)
