"""From gray samples to evidence for each module: local contrast, and what the neighbours bleed into it."""

import cv2
import numpy as np

from extraction.qr import symbol
from extraction.qr.codewords import Soft
from extraction.qr.lattice import Picture

ROUNDS = 4
LEAST_CONTRAST = 4  # gray values squared
AROUND = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


def evidence(gray: Picture, known: symbol.Modules, window: int) -> Soft:
    """Modules as evidence, above 0 dark, from one gray value each.

    Print and scan blur each module into its eight neighbours. The blur is fitted from a first decision, its
    interference taken off, and decided again until nothing changes. ``known``: modules whose value is
    certain (0 or 1; others are negative). ``window``: modules of even lighting.
    """
    contrast = _contrast(gray, window)
    dark = np.where(known >= 0, known > 0, contrast > 0)
    for _ in range(ROUNDS):
        signs = np.where(dark, 1, -1).astype(np.float32)
        blur, rest = _fitted_blur(contrast, signs)
        soft = _matched(rest, blur) / np.float32((blur**2).sum()) + signs
        decided = np.where(known >= 0, known > 0, soft > 0)
        if np.array_equal(decided, dark):
            break
        dark = decided
    return soft.astype(np.float32)


def _contrast(gray: Picture, window: int) -> Soft:
    """Above 0 where darker than the surroundings, in units of their spread."""
    mean = cv2.blur(gray, (window, window))
    spread = np.sqrt(np.maximum(cv2.blur((gray - mean) ** 2, (window, window)), LEAST_CONTRAST))
    return ((mean - gray) / spread).astype(np.float32)


def _fitted_blur(contrast: Soft, signs: Soft) -> tuple[Soft, Soft]:
    """The 3 x 3 blur that best explains the contrast, and what it leaves unexplained."""
    across = len(signs)
    padded = np.pad(signs, 1, constant_values=-1)
    shifted = [padded[1 + dy : 1 + dy + across, 1 + dx : 1 + dx + across].ravel() for dy, dx in AROUND]
    model = np.stack([*shifted, np.ones(across * across, np.float32)], axis=1)
    weights = np.linalg.solve(model.T @ model, model.T @ contrast.ravel())
    rest = contrast - (model @ weights).reshape(contrast.shape)
    return weights[:9].reshape(3, 3), rest


def _matched(rest: Soft, blur: Soft) -> Soft:
    """What is unexplained around each module, weighed as the module would have spread it."""
    across = len(rest)
    padded = np.pad(rest, 1)
    total = np.zeros_like(rest)
    for dy, dx in AROUND:
        total += blur[1 + dy, 1 + dx] * padded[1 - dy : 1 - dy + across, 1 - dx : 1 - dx + across]
    return total
