"""`python -m benchmarks [baselines] [fitting] [import] ...`: all parts where none is named.

Prints what it measures, also when it looks bad. Times are of this machine at this moment; the
ratios, of one run side by side, are what can be compared.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import (
    baselines_real,
    fitting,
    importing,
    performance,
    storage,
    training,
    understanding,
    voice,
)

PARTS = {
    "baselines": baselines_real.measure,
    "fitting": fitting.measure,
    "import": importing.measure,
    "performance": performance.measure,
    "storage": storage.measure,
    "training": training.measure,
    "understanding": understanding.measure,
    "voice": voice.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure")
    for part in parser.parse_args().parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="enms-bench-") as folder:
            for name in ("CONFIG", "DATA", "CACHE", "STATE"):
                os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
            print(f"== {part}")
            PARTS[part](Path(folder))


if __name__ == "__main__":
    main()
