"""How a sentence about the status of a claim begins."""

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import Marks
from reportedly.watch.marks import ACTUAL, is_agreed, is_refusal
from reportedly.watch.wording import LEADS

_CALLS = {
    EventType.REQUEST: LEADS[Status.DEMANDED],
    EventType.THREATEN: LEADS[Status.THREATENED],
    EventType.AGREE: "Agreed or promised",
}
"""Acts of speech that have happened, and yet are told of for what they ask, threaten or promise."""


def lead_in(item: StoredClaim, marks: Marks) -> str:
    """Return how a sentence about the status of a claim begins; a refusal is no negation, an agreement no mere plan."""
    trigger = item.claim.trigger.value.lower()
    asked = item.claim.status.value in (*ACTUAL, Status.DEMANDED)
    if asked and item.claim.type.value is EventType.REQUEST and trigger.startswith("invit"):
        return "Invited"
    if item.claim.status.value is Status.PLANNED and is_agreed(item):
        return _CALLS[EventType.AGREE]
    if item.claim.status.value in ACTUAL and item.claim.type.value in _CALLS:
        offered = item.claim.type.value is EventType.AGREE and trigger.startswith("offer")
        return "Offered" if offered else _CALLS[item.claim.type.value]
    return "Refused" if is_refusal(item, marks) else LEADS[item.claim.status.value]
