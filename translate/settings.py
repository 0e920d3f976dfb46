"""What may be chosen about the work on a dispatch. Whoever chooses need not load what does the work."""

from __future__ import annotations

from dataclasses import dataclass, field

from translate.text.reading import TextLimits


@dataclass(frozen=True, slots=True)
class Revision:
    """What is done with a translation.

    `checks`: compare it with its source. `repair`: mend what is safe to mend. `retry`: where a check finds
    an error or a term is missing, look for a better one among the model's other hypotheses.
    """

    checks: bool = True
    repair: bool = True
    retry: bool = True

    def __str__(self) -> str:
        """Its place in a signature: `checks+repair+retry`, or `none`."""
        on = [name for name in ("checks", "repair", "retry") if getattr(self, name)]
        return "+".join(on) or "none"


@dataclass(frozen=True, slots=True)
class Options:
    """What to make of a dispatch.

    `text`: translate the whole text; without it only the title, the summary and the gists.
    `sentences`: how long the summary is. `force`: go on although the text does not look French.
    `revision`: what is done with a model's translations. `suggest`: note with each what the memory has for
    similar sentences.
    """

    text: bool = True
    sentences: int = 2
    gists: bool = True
    force: bool = False
    revision: Revision = field(default_factory=Revision)
    suggest: bool = False
    limits: TextLimits = field(default_factory=TextLimits)
