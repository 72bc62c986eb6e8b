"""Which GSTIN is the vendor's and which the buyer's."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations

from extraction.fields.gstins import Mention, Role

AS_VENDOR = {Role.VENDOR: 1.0, None: 1.0, Role.COMPANY: 0.75, Role.BUYER: 0.08, Role.SHIP_TO: 0.05}
AS_BUYER = {Role.BUYER: 1.0, Role.SHIP_TO: 0.6, Role.COMPANY: 0.5, None: 0.4, Role.VENDOR: 0.05}
"""How a mention's place counts for each role; a GSTIN outside the blocks is most often the vendor's."""
FIRST_PLACE = 0.1


def gstins_by_role(
    found: Sequence[Mention],
) -> tuple[tuple[Mention, float] | None, tuple[Mention, float] | None]:
    """The vendor's and the buyer's mention with their scores, or None."""
    best: dict[str, dict[Role, tuple[float, Mention]]] = defaultdict(dict)
    for place, mention in enumerate(found):
        early = FIRST_PLACE / (1 + place)
        weak = 0.9**mention.changes
        for role, weights in ((Role.VENDOR, AS_VENDOR), (Role.BUYER, AS_BUYER)):
            score = (
                weights[mention.role] * mention.strength + (early if role is Role.VENDOR else 0.0)
            ) * weak
            kept = best[mention.value].get(role)
            if kept is None or score > kept[0]:
                best[mention.value][role] = (score, mention)
    if not best:
        return None, None
    if len(best) == 1:
        return alone(next(iter(best.values())))
    vendor, buyer = max(
        permutations(best, 2), key=lambda pair: best[pair[0]][Role.VENDOR][0] + best[pair[1]][Role.BUYER][0]
    )
    (v_score, v), (b_score, b) = best[vendor][Role.VENDOR], best[buyer][Role.BUYER]
    return (v, v_score), (b, b_score)


def alone(
    scores: dict[Role, tuple[float, Mention]],
) -> tuple[tuple[Mention, float] | None, tuple[Mention, float] | None]:
    """The only GSTIN of a document, in the likelier role."""
    (v_score, v), (b_score, b) = scores[Role.VENDOR], scores[Role.BUYER]
    if b.role is Role.BUYER and v.role is not Role.VENDOR:
        return None, (b, b_score)
    return ((v, v_score), None) if v_score >= b_score else (None, (b, b_score))
