"""A4 papers whose heads and feet are of less usual forms."""

from specimens.wild.feet import FEET, closing, hsn_summary
from specimens.wild.heads import HEADS
from specimens.wild.items import draw_items
from specimens.wild.odd_feet import ODD_FEET, charges_between, with_charges
from specimens.wild.odd_heads import ODD_HEADS
from specimens.wild.scene import TOP, Scene


def draw(scene: Scene) -> None:
    """An odd head, or an odd foot, or both; the usual table."""
    head = scene.rng.choice(ODD_HEADS)
    foot = scene.rng.choice(ODD_FEET if scene.chance(0.6) else FEET)
    if scene.chance(0.15):
        head, foot = scene.rng.choice(HEADS), scene.rng.choice(ODD_FEET)
    if foot is charges_between:
        with_charges(scene)
    scene.table = f"{head.__name__}/{foot.__name__}"
    y = draw_items(scene, head(scene, TOP) + 4, least=0.0)
    y = foot(scene, y + 3)
    if scene.chance(0.3) and foot is not charges_between:
        y = hsn_summary(scene, y)
    closing(scene, y)
