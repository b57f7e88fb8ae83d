"""Events come with their claims, in order, batch by batch; private people are named by what they are."""

from collections.abc import Iterator

import msgspec
import pytest

from reportedly.records.claim import Status
from reportedly.records.event import Voice
from reportedly.records.grounding import GroundedActor
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View
from reportedly.write.gather import Told, batches, find_told, gather_events, name_parties, name_voice
from reportedly.write.parties import open_parties
from reportedly.write.tally import Tally
from tests.write import world
from tests.write.ledger import open_view
from tests.write.test_excerpts import HEAD

STRIKE, TALKS = world.name_claim("strike"), world.name_claim("talks-ev")


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(tmp_path_factory.mktemp("world")) as opened:
        yield opened


def test_ids_are_cut_into_batches_and_none_is_lost() -> None:
    assert list(batches(list("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches({}, 2)) == []


def test_events_come_in_the_order_of_their_first_claim(view: View) -> None:
    tally = Tally()
    told = list(gather_events(view, ClaimQuery(), tally))
    assert [item.event.id for item in told] == [STRIKE, TALKS]
    assert [claim.claim.id for claim in told[0].claims] == list(told[0].event.claims)
    assert sum(tally.left_out.values()) == 1


def test_an_event_is_whole_though_one_claim_alone_fits(view: View) -> None:
    (told,) = gather_events(view, ClaimQuery(statuses=(Status.DENIED,)), Tally())
    assert len(told.claims) == 5


def test_the_best_claim_is_told_as_having_happened_original_and_the_earliest(view: View) -> None:
    (told,) = find_told(view, [STRIKE])
    assert told.best.claim.id == world.name_claim("hit")
    assert told.codes == {"ATA", "ATA/MIL", "ATA/CVL"}
    assert told.happened
    assert not msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, retracted=True)).happened
    planned = msgspec.structs.replace(told.event, statuses=(Status.DENIED, Status.PLANNED))
    assert not msgspec.structs.replace(told, event=planned).happened


def test_events_that_are_gone_are_left_out(view: View) -> None:
    assert [told.event.id for told in find_told(view, [TALKS, "0" * 20, STRIKE])] == [TALKS, STRIKE]


@pytest.mark.parametrize(
    ("kind", "code", "shown"),
    [
        ("witness", None, "a witness"),
        ("person", None, "a person"),
        ("person", "USA/GOV", "Ada Brine"),
        ("official", None, "Ada Brine"),
    ],
)
def test_private_people_are_named_by_what_they_are(kind: str, code: str | None, shown: str) -> None:
    assert name_voice(Voice("Ada Brine", code, kind, False, (), ())) == shown


def test_unnamed_people_keep_the_words_that_name_no_one() -> None:
    assert name_voice(Voice("two residents", None, "witness", True, (), ())) == "two residents"
    assert name_voice(Voice("Ada Brine's neighbour", None, "witness", True, (), ())) == "a witness"


def test_parties_without_a_code_stay_only_where_they_name_no_one() -> None:
    parties = ("Hamas", "Ada Brine", "gunmen", "two", "two men")
    assert name_parties(parties, frozenset({"Hamas"})) == ("Hamas", "gunmen", "two men")


def test_a_state_alone_says_nothing_beside_its_army() -> None:
    (told,) = make_told(("ATA", "ATA/MIL", "NOR"))
    actors, recipients = open_parties().read_sides(told)
    assert [party.name for party in (*actors, *recipients)] == ["Military Forces of Antarctica", "Norway"]


def test_states_and_groups_of_the_users_own_lists_are_known_by_what_these_say() -> None:
    (told,) = make_told(("XOR/GOV", "Salt Coast Front"))
    told = msgspec.structs.replace(told, states={"XOR": "Orsenia"}, groups={"Salt Coast Front": "rebels"})
    (actor,), (other,) = open_parties().read_sides(told)
    assert (actor.name, actor.kind) == ("Government of Orsenia", "state")
    assert (other.name, other.group) == ("Salt Coast Front", "rebels")


def make_told(actors: tuple[str, ...]) -> tuple[Told]:
    """The strike with other parties, in one claim."""
    event = msgspec.structs.replace(world.make_events()[0], actors=actors, recipients=())
    claim, grounding = world.make_claims()["attack"][0]
    grounding = msgspec.structs.replace(grounding, actors=(GroundedActor("they", actors),), recipients=())
    return (Told(event, (StoredClaim(claim, grounding, HEAD, "", world.RECORDED),)),)
