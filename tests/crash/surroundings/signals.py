"""Signals that ask nnrun to stop."""

import random
import signal
import time

from surroundings.bench import LONG, ended, expect, expect_end, need_checkpoints


def interrupted(bench, number, status):
    """One signal: the step is finished and saved; the same command goes on."""
    need_checkpoints()
    process = bench.start_and_wait()
    process.send_signal(number)
    done = ended(process)
    expect_end(done, status, "the same command goes on")
    expect(list(bench.stage.results.glob("*/*/checkpoint/state")), "no checkpoint was left")
    bench.expect_goes_on()


def sigint(bench):
    """Control-C."""
    interrupted(bench, signal.SIGINT, 130)


def sigterm(bench):
    """What a shutdown sends."""
    interrupted(bench, signal.SIGTERM, 143)


def two_signals(bench):
    """The second one ends it at once."""
    need_checkpoints()
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
    need_checkpoints()
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


CASES = [(case, LONG) for case in (sigint, sigterm, two_signals, signals_at_random)]
