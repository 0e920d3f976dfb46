"""The only place that speaks to Ray: begin, run, stream, end; its failures become ours."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from translate.errors import EngineError, TranslateError

T = TypeVar("T")

LOCAL = "local"
_LONGEST_ROOM = 24  # Ray adds up to 80 to it, and the name of a socket ends at 107
_STORE_BYTES = 256 * 2**20
_RETRIES = 2  # of a portion whose machine was lost; after that it is tried document by document

# Ray reports to nobody, and writes nothing between our lines.
_SILENCE = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
}


@dataclass(frozen=True, slots=True)
class Session:
    """A connection to a cluster. `home`: the files of a cluster that was started here, for this alone."""

    is_ours: bool
    home: Path | None = None

    def end(self) -> None:
        """Leave the cluster; one that was started for this is gone then."""
        import ray

        if self.is_ours:
            ray.shutdown()
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)


def begin(address: str) -> Session:
    """Connect to a cluster, or start one here. Whoever is connected already stays so."""
    os.environ.update(_SILENCE)
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as err:
        raise EngineError(
            "--cluster needs Ray Data", hint="pip install 'translate-dispatch[cluster]'"
        ) from err
    warnings.filterwarnings("ignore", module=r"ray\.")
    # Ray 2.64 takes them away, and has no other way to say how often a portion is tried again.
    warnings.filterwarnings("ignore", message="`ray_remote_args` is deprecated")
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if ray.is_initialized():
        return Session(is_ours=False)
    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address != LOCAL:
        with _told(address):
            ray.init(address=address, **quiet)
        return Session(is_ours=True)
    home = Path(tempfile.mkdtemp(prefix="tr-", dir=_room()))
    try:
        with _told(address):
            ray.init(
                address=LOCAL,
                include_dashboard=False,
                object_store_memory=_STORE_BYTES,
                _node_ip_address="127.0.0.1",
                _temp_dir=str(home),
                **quiet,
            )
    except BaseException:
        Session(is_ours=True, home=home).end()
        raise
    return Session(is_ours=True, home=home)


def resources() -> dict[str, float]:
    """What the whole cluster has: `CPU`, `GPU`."""
    import ray

    found: dict[str, float] = ray.cluster_resources()
    return found


def variables() -> dict[str, str]:
    """What processes on the nodes are told."""
    return dict(_SILENCE)


def once(work: Callable[[Any], T], argument: object, share: Mapping[str, Any]) -> T:
    """What `work` gives on one of the nodes."""
    import ray

    with failures():
        result: T = ray.get(ray.remote(**share)(work).remote(argument))
    return result


def stream(source: Any, node: type, arguments: tuple[Any, ...], pool: Mapping[str, Any]) -> Iterator[bytes]:
    """The column `delivery` of what the nodes make of the source, as it is made."""
    import ray

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = False
    # A block for each portion, passed on at once: who waits for a full one waits for more documents, which
    # are drawn when some are done.
    context.target_max_block_size = context.target_min_block_size = 1
    made = ray.data.read_datasource(source, override_num_blocks=1, num_cpus=0).map_batches(
        node,
        fn_constructor_args=arguments,
        batch_size=1,
        batch_format="numpy",
        max_restarts=-1,
        max_task_retries=_RETRIES,
        **pool,
    )
    for rows in made.iter_batches(batch_size=1, batch_format="numpy", prefetch_batches=0):
        yield from rows["delivery"]


class Died(Exception):
    """Processes died on the same work, more often than by chance."""


@contextmanager
def failures() -> Iterator[None]:
    """Failures of the cluster as Died or EngineError; those that are ours already, as they are."""
    try:
        yield
    except Exception as err:
        raise _ours(err) from err


def _ours(error: Exception) -> Exception:
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, TranslateError | Died):
            return cause
    from ray import exceptions

    deaths = (
        exceptions.RayActorError,
        exceptions.WorkerCrashedError,
        exceptions.OutOfMemoryError,
        exceptions.NodeDiedError,
        exceptions.ObjectLostError,
    )
    if any(isinstance(cause, deaths) for cause in causes):
        return Died("the processes that worked on it died")
    said = str(error).strip().splitlines() or [type(error).__name__]
    return EngineError(f"the cluster failed: {said[-1][:300]}", hint="run the same command again to go on")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = getattr(error, "cause", None) or error.__cause__


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except Exception as err:  # Ray raises plain ones too
        said = (str(err).strip().splitlines() or [type(err).__name__])[0]
        raise EngineError(f"no Ray cluster at {address}: {said[:200]}", hint="see docs/batch.md") from err


def _room() -> str:
    """A folder for Ray's own files with a name so short that its sockets can be named."""
    here = tempfile.gettempdir()
    return here if len(here) <= _LONGEST_ROOM or os.name == "nt" else "/tmp"
