"""Where a brief tells of an event, by what its sentences show."""

from collections.abc import Mapping

from reportedly.records.claim import Status
from reportedly.records.event import Event
from reportedly.records.stored import StoredClaim
from reportedly.watch.alike import AGAINST, denies_authorship, may_match, opposes
from reportedly.watch.lexicon import Marks
from reportedly.watch.marks import ACTUAL, CALLS, is_refusal

SECTIONS = (
    "What is told as having happened",
    "What is planned, called for, threatened or feared",
    "What is denied or in dispute",
    "What is told in the negative",
    "What was taken back",
)
HAPPENED, AHEAD, DISPUTED, NEGATIVE, TAKEN_BACK = range(len(SECTIONS))


def choose_section(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> int | None:
    """Choose where an event is told; None where no sentence shows a status, or what is ahead has happened since.

    In dispute is what one sentence tells and another, no earlier, denies: not what was denied before it happened, not
    an event of which somebody only denies to have done it, and not what is told in the negative and by nobody
    otherwise. A refusal has happened.

    Args:
        event: The event.
        claims: Its claims, each as its sentence shows it (``marks.keep_shown``); others are passed over.
        marks: From ``open_marks``.
    """
    told = [claims[name] for name in event.claims if name in claims]
    if not told:
        return None
    if event.retracted:
        return TAKEN_BACK
    actual = [item for item in told if item.claim.status.value in ACTUAL]
    against = [item for item in told if item.claim.status.value in AGAINST and not is_refusal(item, marks)]
    if actual:
        asked = all(item.claim.type.value in CALLS for item in actual)
        return DISPUTED if _is_disputed(against, actual, marks) else AHEAD if asked else HAPPENED
    if any(is_refusal(item, marks) for item in told):
        return HAPPENED
    if any(item.claim.status.value is Status.DENIED for item in against):
        return DISPUTED
    ahead = [item for item in told if item not in against]
    if against and not ahead:
        return NEGATIVE
    if set(event.statuses) & ACTUAL:
        return None
    return DISPUTED if any(may_match(one, other, marks) for one in against for other in ahead) else AHEAD


def _is_disputed(against: list[StoredClaim], actual: list[StoredClaim], marks: Marks) -> bool:
    return any(
        opposes(item, told, marks) for item in against if not denies_authorship(item, actual, marks) for told in actual
    )
