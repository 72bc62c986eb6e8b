"""Which GSTIN is the vendor's and which the buyer's."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations

from extraction.fields.gstins import Mention, Role

AS_VENDOR = {
    Role.VENDOR: 1.0, None: 1.0, Role.COMPANY: 0.75, Role.BUYER: 0.08, Role.SHIP_TO: 0.05, Role.STRANGER: 0.1,
}  # fmt: skip
AS_BUYER = {
    Role.BUYER: 1.0, Role.SHIP_TO: 0.6, Role.COMPANY: 0.5, None: 0.4, Role.VENDOR: 0.05, Role.STRANGER: 0.0,
}  # fmt: skip
"""How a mention's place counts for each role; a GSTIN outside the blocks is most often the vendor's."""
BESIDE_BUYER = 0.5
"""How much less a place of delivery counts as the buyer's where somebody else is named as the buyer."""
FIRST_PLACE = 0.1
SAME_PAN = 0.3
PER_CHANGE = 0.9
"""Factor for each character that was put right."""


Scored = tuple[Mention, float]
Scores = dict[str, dict[Role, tuple[float, Mention]]]


def gstins_by_role(
    found: Sequence[Mention], vendor: str | None = None
) -> tuple[Scored | None, Scored | None]:
    """The vendor's and the buyer's mention with their scores; ``vendor`` if that is proven already."""
    if vendor:
        others = scores_of([m for m in found if m.value[2:12] != vendor[2:12]])
        buyers = [roles[Role.BUYER] for roles in others.values()]
        score, mention = max(buyers, key=lambda entry: entry[0], default=(0.0, None))
        return None, (mention, score) if mention else None
    best = scores_of(found)
    if len(best) < 2:
        return alone(next(iter(best.values()))) if best else (None, None)
    first, second = max(permutations(best, 2), key=lambda pair: together(pair[0], pair[1], best))
    (v_score, v), (b_score, b) = best[first][Role.VENDOR], best[second][Role.BUYER]
    return (v, v_score), (b, b_score)


def together(vendor: str, buyer: str, best: Scores) -> float:
    """How well two GSTINs fit their roles; two of one PAN are seldom vendor and buyer."""
    kin = SAME_PAN if vendor[2:12] == buyer[2:12] else 0.0
    return best[vendor][Role.VENDOR][0] + best[buyer][Role.BUYER][0] - kin


def scores_of(found: Sequence[Mention]) -> Scores:
    """For each GSTIN and role the best score and the mention that earns it."""
    best: Scores = defaultdict(dict)
    named = any(mention.role is Role.BUYER for mention in found)
    for place, mention in enumerate(found):
        early = FIRST_PLACE / (1 + place)
        for role, weights in ((Role.VENDOR, AS_VENDOR), (Role.BUYER, AS_BUYER)):
            score = weights[mention.role] * mention.strength + (early if role is Role.VENDOR else 0.0)
            score *= PER_CHANGE**mention.changes
            score *= BESIDE_BUYER if named and mention.role is Role.SHIP_TO else 1.0
            kept = best[mention.value].get(role)
            if kept is None or score > kept[0]:
                best[mention.value][role] = (score, mention)
    return best


def alone(scores: dict[Role, tuple[float, Mention]]) -> tuple[Scored | None, Scored | None]:
    """The only GSTIN of a document, in the likelier role."""
    (v_score, v), (b_score, b) = scores[Role.VENDOR], scores[Role.BUYER]
    if b.role is Role.BUYER and v.role is not Role.VENDOR:
        return None, (b, b_score)
    return ((v, v_score), None) if v_score >= b_score else (None, (b, b_score))
