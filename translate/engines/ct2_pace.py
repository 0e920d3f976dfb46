"""Whether several threads are worth asking for one sentence: what the clock and the system say.

Where others keep the cores busy, threads that wait for each other take many times as long. Linux tells of
others. What it does not tell (other guests of a host, load that began just now) the clock does.
"""

from __future__ import annotations

from collections import deque

from translate.engines import neighbours

_READING = 4  # steps that reading a sentence counts as, beside those of writing the answer
_NEWEST, _SEVERAL = 5, 3  # requests that tell the pace; those that it takes to be sure of it
_CLEARLY = 2.0  # times as long: threads without a core each take ten times as long, and more
_PAUSE, _LONGEST = 4, 256  # requests that are asked as usual then: twice or four times as many each time


class Pace:
    """Seconds for each step of the newest requests: their median, as one request alone may meet anything."""

    def __init__(self) -> None:
        self._newest: deque[float] = deque(maxlen=_NEWEST)

    def took(self, seconds: float, steps: int) -> None:
        """A request did."""
        self._newest.append(seconds / (_READING + steps))

    def slower(self, than: Pace) -> float:
        """How many times as slow: by several requests, or by the last one if it says so clearly. Else 0."""
        if not self._newest or not than._newest:
            return 0.0
        newest, usual = self._newest[-1], than._middle()
        if newest > _CLEARLY * usual:
            return newest / usual
        middle = self._middle() if len(self._newest) >= _SEVERAL else 0.0
        return middle / usual if middle > usual else 0.0

    def _middle(self) -> float:
        return sorted(self._newest)[len(self._newest) // 2]


class Choice:
    """Between one thread, the usual, and a team of `threads`."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._usual, self._team = Pace(), Pace()
        self._is_fresh = True
        self._pause, self._left, self._crowded = _PAUSE, 0, 0

    def fresh(self) -> None:
        """There is another team: its first request, which touches its memory, says nothing."""
        self._is_fresh, self._team = True, Pace()

    def is_paused(self) -> bool:
        """Whether the next request is one of those that are asked as usual; it is counted."""
        if not self._left:
            return False
        self._left -= 1
        return True

    def has_cores(self) -> bool:
        """Whether the team would have its cores now. Where it had none again and again it is asked seldom."""
        if neighbours.has_room(self._threads):
            self._crowded = 0
            return True
        self._left = min(2**self._crowded, _LONGEST) - 1
        self._crowded += 1
        return False

    def took(self, seconds: float, steps: int, *, team: bool) -> None:
        """What a request took, and how many pieces its answer has."""
        if not team:
            self._usual.took(seconds, steps)
        elif self._is_fresh:
            self._is_fresh = False
        else:
            self._team.took(seconds, steps)
            self._judge()

    def _judge(self) -> None:
        if slower := self._team.slower(self._usual):
            self._pause = min(self._pause * (4 if slower > _CLEARLY else 2), _LONGEST)
            self._left, self._team = self._pause, Pace()
        else:
            self._pause = max(_PAUSE, self._pause - 1)
