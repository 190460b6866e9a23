"""`make bench`: every benchmark, each a ratio against a limit or a peer in the same run; a table and bench.json."""

import argparse
import json
import platform
import sys
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from tests.benchmarks.rows import Row

BENCHMARKS = ("catalogue", "claiming", "commit", "decoding", "judging", "pushing", "reporting", "settling", "starting")
"""Modules beside this one, each with `rows(pictures: Path | None) -> Iterable[Row]`, in the order of the table."""


def main() -> int:
    """Runs the benchmarks asked for. A limit that does not hold is shown as it is, and the exit code is 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all if none is named")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="photographs with a manifest.csv: path,expected")
    parser.add_argument("--output", type=Path, default=Path("bench.json"), metavar="FILE")
    args = parser.parse_args()
    unknown = set(args.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results = [(name, row) for name in args.names or BENCHMARKS for row in _run(name, args.pictures)]
    _write(args.output, results)
    missed = sum(not row.holds for _, row in results)
    print(f"\n{len(results)} figures, {missed} of them beyond their limit; written to {args.output}")
    return 1 if missed else 0


def _run(name: str, pictures: Path | None) -> Iterable[Row]:
    print(f"\n{name}", flush=True)
    for row in import_module(f"tests.benchmarks.{name}").rows(pictures):
        print(_line(row), flush=True)
        yield row


def _line(row: Row) -> str:
    mark = "holds " if row.holds else "MISSED"
    value, limit = (f"{number:.4g} {row.unit}".strip() for number in (row.value, row.limit))
    return f"  {mark}  {row.name:<66} {value:>12}  limit {limit:<10}  {row.detail}"


def _write(path: Path, results: list[tuple[str, Row]]) -> None:
    report = {
        "taken_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "rows": [{"benchmark": name, **row.as_dict()} for name, row in results],
    }
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
