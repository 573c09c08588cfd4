"""What a row of the bench is, and how a piece of work is measured in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Row:
    """Figures in `unit`, more is better. `peak_mb` is what our work added to an idle process."""

    name: str
    ours: float
    peer: float
    limit: float | None = None
    peak_mb: float | None = None
    unit: str = "per second"
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    def as_json(self) -> dict[str, float | None]:
        figures = {"ours": self.ours, "peer": self.peer, "limit": self.limit, "ratio": self.ratio}
        return {name: None if figure is None else round(figure, 2) for name, figure in figures.items()} | {
            "peak_mb": self.peak_mb
        }


@dataclass(frozen=True)
class Measured:
    seconds: float
    idle_mb: float
    peak_mb: float

    @property
    def added_mb(self) -> float:
        return round(self.peak_mb - self.idle_mb, 1)


def memory_mb(line: str) -> float:
    """This process's memory: `VmRSS` now, `VmHWM` at its highest. The child's own, unlike `ru_maxrss` after a spawn."""
    for status in Path("/proc/self/status").read_text().splitlines():
        if status.startswith(f"{line}:"):
            return int(status.split()[1]) / 1024
    raise RuntimeError(f"No {line} in /proc/self/status")


def measure(work: Callable[[], Any]) -> Measured:
    """Run a piece of work once, from idle."""
    idle = memory_mb("VmRSS")
    started = time.perf_counter()
    work()
    return Measured(time.perf_counter() - started, idle, memory_mb("VmHWM"))


def in_fresh_process(module: str, *arguments: str, **environment: str) -> Measured:
    """Run `python -m module arguments…`, which must end by `report`ing what it measured."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def report(measured: Measured) -> None:
    print(json.dumps(asdict(measured)))
