"""How portions get into a Ray dataset while the job is still drawing documents."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import TracebackType
from typing import Any


class _Line:
    """An actor in which portions wait. Its end stays its end, however often it is asked."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def put(self, portion: bytes | None) -> None:
        await self._waiting.put(portion)

    async def take(self) -> bytes | None:
        """The next portion, as soon as there is one; None at the end."""
        portion = await self._waiting.get()
        if portion is None:
            await self._waiting.put(None)
        return portion


class Feed:
    """Portions for a dataset, put in one at a time."""

    def __init__(self) -> None:
        import ray

        self._ray = ray
        self._line: Any = ray.remote(num_cpus=0)(_Line).remote()

    def put(self, portion: bytes) -> None:
        self._ray.get(self._line.put.remote(portion))

    def end(self) -> None:
        """No more will come."""
        self._ray.get(self._line.put.remote(None))

    def source(self) -> Any:
        """The dataset's source: a table with one row for each portion, as they come."""
        import pyarrow
        from ray.data import Datasource, ReadTask
        from ray.data.block import BlockMetadata

        line = self._line

        def read() -> Iterator[Any]:
            import ray

            while (portion := ray.get(line.take.remote())) is not None:
                yield pyarrow.table({"portion": [portion]})

        class Portions(Datasource):  # type: ignore[misc]
            """One task, that ends when the job does."""

            def estimate_inmemory_data_size(self) -> None:
                return None

            def get_read_tasks(self, parallelism: int, *more: Any, **named: Any) -> list[Any]:
                return [ReadTask(read, BlockMetadata(None, None, None, None))]

        return Portions()

    def __enter__(self) -> Feed:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.kill(self._line)
