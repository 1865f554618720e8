"""Measures the engine beside its peers, in one run on this machine: `make bench-matching ARGS="--sizes 1000,5000"`.

Everything runs in a process of its own. The engine's seconds are the whole run, from columns to explained pairs with
their proof checked; a peer's are for solving alone, given the scores of all eligible pairs.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.matchers import KNOW_SEATS, PEERS, write_instance

SHAPES = ("executives", "everybody")
SIZES = "1000,5000,20000,100000"
GIB = 1 << 30
NO_MEMORY = ("MemoryError", "bad_alloc", "Cannot allocate memory")
HEAD = "| People | Roles | Way | Seconds | CPU | Memory MB | Placed | Total | Share | Certified |"


def main() -> None:
    options = arguments()
    took: dict[str, list[tuple[int, float]]] = {}
    print(f"{HEAD}\n| {' | '.join(['---'] * 10)} |", flush=True)
    for size in options.sizes:
        for shape in options.shapes:
            told = child(["ours", str(size), shape], options.limit * 20)
            show(size, shape, "ours", told, told)
            if "seconds" in told:
                took.setdefault(shape, []).append((size, told["seconds"]))
                told_phases(told)
            beside(size, shape, told, options)
    for shape, points in took.items():
        if len(points) > 1:
            print(f"growth, {shape}: seconds grow as people to the power of {exponent(points):.2f}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help=f"how many people, {SIZES}")
    parser.add_argument("--shapes", default=",".join(SHAPES), help="executives (one seat), everybody (both roles, 0–3)")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers; empty for none")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a peer is stopped")
    parser.add_argument("--memory", type=float, default=machine_memory() * 3 / 4, help="GiB that a peer may take")
    parser.add_argument("--million", action="store_true", help="a million people too, without peers")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",") if size] + [1_000_000] * options.million
    options.shapes, options.peers = options.shapes.split(","), [name for name in options.peers.split(",") if name]
    return options


def machine_memory() -> float:
    """In GiB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB


def beside(size: int, shape: str, best: dict[str, Any], options: argparse.Namespace) -> None:
    """The peers on the same instance."""
    peers = [name for name in options.peers if shape == "executives" or name in KNOW_SEATS]
    if not peers or size > 100_000:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "instance.npz")
        write_instance(path, size, shape)
        for name in peers:
            show(size, shape, name, child([name, str(size), shape, path], options.limit, options.memory), best)


def child(words: list[str], limit: float, gibibytes: float = 0) -> dict[str, Any]:
    """What it measured, or what the problem was: it took longer than `limit` seconds, or more memory."""
    command = [sys.executable, "-m", "benchmarks.matchers", *words, *([f"{gibibytes * GIB:.0f}"] if gibibytes else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"problem": f"stopped after {limit:.0f} s"}
    if done.returncode and any(word in done.stderr for word in NO_MEMORY):
        return {"problem": f"stopped at {gibibytes:.0f} GiB"}
    if done.returncode:
        return {"problem": (done.stderr.strip().splitlines() or ["failed"])[-1][:60]}
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def show(size: int, shape: str, name: str, told: dict[str, Any], best: dict[str, Any]) -> None:
    if "problem" in told:
        print(f"| {size:,} | {shape} | {name} | {told['problem']} | | | | | | |", flush=True)
        return
    share = f"{told['total'] / best['total']:.2%}" if best.get("total") else ""
    certified = ("yes" if told["certified"] else f"gap {told['gap']:.3%}") if "certified" in told else "no"
    numbers = f"{told['seconds']:.3f} | {told['cpu']:.3f} | {told['memory']:,} | {told['placed']:,} | {told['total']:,}"
    print(f"| {size:,} | {shape} | {name} | {numbers} | {share} | {certified} |", flush=True)


def told_phases(told: dict[str, Any]) -> None:
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in told["phases"].items())
    print(f"| | | by phase: {parts} | | | | | | | |", flush=True)


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of the straight line through the logarithms."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    middle = [sum(column) / len(logs) for column in zip(*logs, strict=True)]
    over = sum((x - middle[0]) * (y - middle[1]) for x, y in logs)
    return over / sum((x - middle[0]) ** 2 for x, _ in logs)


if __name__ == "__main__":
    main()
