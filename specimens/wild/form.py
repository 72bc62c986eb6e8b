"""A4 papers put together of heads, tables and feet."""

from specimens.wild.feet import FEET, closing, hsn_summary
from specimens.wild.heads import HEADS
from specimens.wild.items import draw_items
from specimens.wild.scene import TOP, Scene
from specimens.wild.tables import TABLES as ODD
from specimens.wild.trade_tables import TABLES as TRADES

TABLES = ODD | TRADES


def draw(scene: Scene) -> None:
    """Any head over any table over any foot."""
    head = scene.rng.choice(HEADS)
    foot = scene.rng.choice(FEET)
    y = head(scene, TOP) + scene.rng.choice((0, 4, 10))
    room = max(0.0, 640 - y - 16 * len(scene.invoice.lines))
    least = scene.rng.choice((0.0, 0.0, room * 0.6))
    if scene.table is None and scene.chance(0.4):
        scene.table = scene.rng.choice(sorted(TABLES))
    y = TABLES[scene.table](scene, y) if scene.table else draw_items(scene, y, least=least)
    y = foot(scene, y + scene.rng.choice((0, 6)))
    if scene.chance(0.35):
        y = hsn_summary(scene, y)
    closing(scene, y)
