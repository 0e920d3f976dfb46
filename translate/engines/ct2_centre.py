"""Where the states in front of the output layer lie, to be taken off before they are rounded to 8 bits.

Of these states a few channels hardly change from word to word: one of the embedded model's is -131 ± 3, while
most are 0 ± 1. They say nothing, but a row of numbers is rounded by its largest one, so that all others lost
five of their eight bits. What the last layer norm gives less of, the bias of the output layer gives more of:
in real numbers that is the same model.

CTranslate2 does not show states. But it shows logits, of which there are many more than states have channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SENTENCES: Final = (
    "Le ministre des Affaires étrangères a déclaré mardi que les négociations reprendraient bientôt.",
    "Au moins 12 personnes ont été tuées et 35 autres blessées dans l'effondrement d'un immeuble.",
    "Les exportations ont progressé de 4,2 % sur un an, à 31,5 milliards d'euros.",
    "« Nous n'avons pas d'autre choix », a-t-il dit.",
    "La Chine appelle toutes les parties à la retenue.",
    "L'équipe a remporté son troisième match de la saison devant 40.000 spectateurs.",
)
"""What a model is asked for its states with. Any sentences would do: such channels are the same in all."""

_UNSEEN: Final = -1e4  # a logit below it is of a row that no answer may have, or not at that step


def centre(
    logits: Sequence[NDArray[np.float32]], weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The mean of the states that gave these logits: least squares. Shape (D,).

    Args:
        logits: of some steps, (V,) each.
        weight: of the output layer, (V, D), V being more than D; `bias`: (V,).
    """
    steps = np.stack(logits)
    rows = steps.min(axis=0) > _UNSEEN
    mean = steps[:, rows].mean(axis=0, dtype=np.float64) - bias[rows]
    states = np.linalg.lstsq(weight[rows].astype(np.float64), mean, rcond=None)[0]
    return np.asarray(states, np.float32)
