"""Signals that ask nnrun to stop."""

import os
import pathlib
import random
import re
import signal
import threading
import time

import stage as stages

from surroundings.bench import LONG, Skipped, ended, expect, expect_end, wait_for
from tracing import why_not_traced


def interrupted(bench, number, status):
    """One signal: the step is finished and saved; the same command goes on at that epoch."""
    process = bench.start_and_wait()
    process.send_signal(number)
    done = ended(process)
    expect_end(done, status, "the same command goes on")
    saved = epochs(done, r"(\S+): saved at epoch (\d+)")
    expect(saved, f"nothing was saved: {done.stderr.strip()}")
    again = bench.expect_goes_on()
    expect(epochs(again, r"(\S+): goes on at epoch (\d+)") == saved,
           f"saved at {saved}, but: {again.stderr.strip()}")


def epochs(done, pattern):
    """What is told of each run."""
    return dict(re.findall(pattern, done.stderr))


def sigint(bench):
    """Control-C."""
    interrupted(bench, signal.SIGINT, 130)


def sigterm(bench):
    """What a shutdown sends."""
    interrupted(bench, signal.SIGTERM, 143)


def before_anything_is_replaced(bench):
    """A signal while data is read: --fresh has taken nothing away."""
    why = why_not_traced()
    if why:
        raise Skipped(why)
    bench.stage.run()
    trace = bench.stage.folder / "trace"
    strace = ["strace", "-f", "-qq", "-o", trace, "-P", "train-images", "-e", "trace=openat"]
    expect_end(ended(bench.stage.start("--fresh", under=strace)), 0)
    opened = len(trace.read_text().splitlines())  # the last time to read it
    kept = stages.tree(bench.stage.results)
    delay = ["-e", f"inject=openat:delay_exit=700000:when={opened}"]
    process = bench.stage.start("--fresh", under=strace + delay)
    wait_for(lambda: len(trace.read_text().splitlines()) >= opened - 1)
    time.sleep(0.3)
    os.kill(children(process.pid)[0], signal.SIGTERM)
    expect_end(ended(process), 143)
    different = stages.difference(kept, stages.tree(bench.stage.results))
    expect(not different, f"the results differ: {different}")
    bench.expect_goes_on()


def children(process):
    return [int(child) for child in
            pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def nothing_saved(bench):
    """What cannot be saved is not said to be: exit status 1."""
    process = bench.start_and_wait()
    in_the_way = [lock.parent / ".state.part" for lock in bench.stage.results.glob("*/*/checkpoint/lock")]
    for folder in in_the_way:
        folder.mkdir()
    process.send_signal(signal.SIGTERM)
    expect_end(ended(process), 1, "checkpoint/.state.part: cannot write", "failed")
    for folder in in_the_way:
        folder.rmdir()
    bench.expect_goes_on()


def two_signals(bench):
    """The second one ends it at once."""
    for pause in (0, 0.0005, 0.002, 0.01):
        bench.stage.clear()
        process = bench.start_and_wait()
        process.send_signal(signal.SIGTERM)
        time.sleep(pause)
        process.send_signal(signal.SIGINT)
        done = ended(process)
        expect(done.returncode in (130, 143), f"exit status {done.returncode}: {done.stderr.strip()}")
        bench.expect_goes_on()


def signals_at_random(bench):
    """Signals at 30 random moments, from the start of the process on."""
    moments = random.Random(1)
    for _ in range(30):
        process = bench.stage.start()
        time.sleep(moments.uniform(0.01, 0.15))
        process.send_signal(moments.choice([signal.SIGINT, signal.SIGTERM]))
        done = ended(process)
        # Before main has begun, a signal ends a process as ever.
        allowed = (0, 130, 143, -signal.SIGINT, -signal.SIGTERM)
        expect(done.returncode in allowed, f"exit status {done.returncode}: {done.stderr.strip()}")
        if done.returncode == 0:
            bench.expect_tree()
            bench.stage.clear()
    bench.expect_goes_on()


def while_waiting(bench):
    """Who waits for a neighbour's runs can be interrupted all the same."""
    first = bench.start_and_wait()
    first.send_signal(signal.SIGSTOP)
    second = bench.stage.start()
    guard = threading.Timer(stages.SECONDS, second.kill)
    guard.start()
    try:
        lines = iter(second.stderr.readline, "")
        expect(any("wait" in line for line in lines), "nothing was said of waiting")
        second.send_signal(signal.SIGINT)
        expect_end(ended(second), 130)
    finally:
        guard.cancel()
        first.send_signal(signal.SIGCONT)
    expect_end(ended(first), 0)
    bench.expect_tree()


CASES = [(case, LONG) for case in (sigint, sigterm, two_signals, signals_at_random, while_waiting)]
CASES += [(before_anything_is_replaced, stages.FULL_BATCH),
          (nothing_saved, LONG.replace(stages.FREQUENT, ""))]
