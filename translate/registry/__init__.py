"""The model registry: `models.yaml`, the files on disk, and how they get there.

    registry = Registry.load()
    spec = registry.default(Task.TRANSLATE, Lang.ZH)    # the best model that is present
    files.check(spec)                                   # unchanged since it was fetched?
    directory = files.require(spec)                     # where it is

Only `hub.fetch` reaches the network.
"""

from translate.registry.files import VerifyReport, check, is_present, locate, require, revision_of, verify
from translate.registry.hub import FetchProgress, fetch
from translate.registry.load import Registry
from translate.registry.lock import LockedFile, LockEntry, read_lock
from translate.registry.spec import Decode, Limits, ModelSpec, Probe, Task
from translate.registry.status import LockState, ModelStatus, describe

__all__ = [
    "Decode",
    "FetchProgress",
    "Limits",
    "LockEntry",
    "LockState",
    "LockedFile",
    "ModelSpec",
    "ModelStatus",
    "Probe",
    "Registry",
    "Task",
    "VerifyReport",
    "check",
    "describe",
    "fetch",
    "is_present",
    "locate",
    "read_lock",
    "require",
    "revision_of",
    "verify",
]
