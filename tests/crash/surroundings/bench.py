"""A case: a sweep in a folder of its own, and what is expected of it."""

import subprocess
import time

import stage as stages
from stage import Stage

SHORT = stages.BATCHES
LONG = stages.LONG
if stages.has_sanitizers():
    LONG = LONG.replace("epochs: 40", "epochs: 4")


class Failed(Exception):
    """What is not as it should be."""


class Skipped(Exception):
    """What is missing here."""


def expect(condition, what):
    if not condition:
        raise Failed(what)


def expect_end(done, status, *words):
    """The exit status, and what standard error must say."""
    expect(done.returncode == status,
           f"exit status {done.returncode}, expected {status}: {done.stderr.strip()}")
    for word in words:
        expect(word in done.stderr, f"standard error does not say '{word}': {done.stderr.strip()}")


class Bench:
    """A sweep in a folder of its own, and the tree that must come out."""

    _expected = {}

    def __init__(self, folder, text):
        self.stage = Stage(folder / "case", text)
        if text not in Bench._expected:
            Bench._expected[text] = Stage(folder / "undisturbed", text).expected()
        self.expected = Bench._expected[text]

    def expect_tree(self, results=None):
        different = stages.difference(self.expected, stages.tree(results or self.stage.results))
        expect(not different, f"the results differ: {different}")

    def expect_goes_on(self):
        """The same command again comes to the end, and trains nothing that was finished."""
        kept = stages.finished(self.stage.results)
        done = self.stage.run()
        expect_end(done, 0)
        self.expect_tree()
        again = stages.trained_again(kept, stages.finished(self.stage.results))
        expect(not again, again)
        return done

    def start_and_wait(self, **options):
        """A process that has trained for some epochs."""
        process = self.stage.start(**options)
        wait_for(lambda: rows(self.stage.results) > 2 or process.poll() is not None)
        return process


def rows(results):
    """Lines in all metrics.csv so far."""
    count = 0
    for path in results.glob("*/*/metrics.csv"):
        try:
            count += path.read_bytes().count(b"\n") - 1
        except FileNotFoundError:  # another process is at work
            pass
    return count


def wait_for(condition):
    end = time.monotonic() + stages.SECONDS
    while not condition():
        if time.monotonic() > end:
            raise Failed("waited in vain")
        time.sleep(0.001)


def ended(process):
    """As subprocess.run() returns it."""
    stdout, stderr = process.communicate(timeout=stages.SECONDS)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)
