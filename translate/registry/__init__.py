"""The model registry: `models.yaml`, the files on disk, and how they get there."""

from translate.registry.spec import Decode, Limits, ModelSpec, Probe, Task

__all__ = ["Decode", "Limits", "ModelSpec", "Probe", "Task"]
