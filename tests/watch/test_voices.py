"""How what each voice said turned out."""

from pathlib import Path

from reportedly.records.query import ClaimQuery
from reportedly.watch.voices import is_public, read_voices
from tests.write import world
from tests.write.ledger import open_view


def test_private_people_have_no_record_by_their_names(tmp_path: Path) -> None:
    with open_view(tmp_path) as view:
        records = {record.name: record for record in read_voices(view, view.find_claims(ClaimQuery()))}
    assert not any("Marsh" in name for name in records)
    assert (records["witness"].claims, records["witness"].anonymous) == (1, True)
    assert records["city hospital"].claims == 1


def test_a_voice_is_public_where_it_is_named_and_no_private_person() -> None:
    voices = {voice.name: is_public(voice) for event in world.make_events() for voice in event.voices}
    assert voices == {
        "Ross ministry of defence": True,
        "city hospital": True,
        "Olav Marsh": False,
        "officials": False,
        "=Evil Gazette": True,
    }
