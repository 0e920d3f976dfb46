"""A job on a Ray cluster: the same job, with desks on many machines. Needs `translate-dispatch[cluster]`.

from translate.batch import Plan, run_batch
from translate.cluster import Cluster

with Cluster("local", Plan.of(["en", "zh"])) as cluster:
    report = run_batch(["wire/"], "out", cluster, progress=True)
"""

from __future__ import annotations

from translate.cluster.crew import Cluster

__all__ = ["Cluster"]
