"""Clocks, locales, the environment and limits."""

import csv
import os
import pathlib
import shutil

import stage as stages

from surroundings.bench import LONG, SHORT, Failed, Skipped, expect, expect_end


def clock_is_off(bench):
    """A day back and a day ahead where the sweep is begun and where it goes on."""
    for begun, ended_at in (("+1d", "-1d"), ("-1d", "+1d")):
        bench.stage.clear()
        process = bench.start_and_wait(env=at_time(begun))
        process.kill()
        process.communicate()
        expect_end(bench.stage.run(env=at_time(ended_at)), 0)
        bench.expect_tree()
        expect_times(bench.stage.results)


def at_time(shift):
    """An environment in which the clock is shifted, the monotonic one aside."""
    libraries = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not libraries:
        raise Skipped("the package faketime is not installed")
    if stages.has_sanitizers():
        raise Skipped("the sanitizers want to be loaded first")
    return {**os.environ, "LD_PRELOAD": str(libraries[0]), "FAKETIME": shift,
            "DONT_FAKE_MONOTONIC": "1"}


def expect_times(results):
    """The epochs' seconds are those of a clock that nobody sets."""
    for path in results.glob("*/*/timing.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            seconds = [float(row["seconds"]) for row in csv.DictReader(file)]
        expect(all(0 <= second < stages.SECONDS for second in seconds), f"{path}: {seconds}")


def comma_locale(bench):
    """Begun with a point in its numbers, gone on with a comma."""
    preload = stages.BINARY.parent / "tests/libset_locale.so"
    if not preload.exists() or shutil.which("localedef") is None:
        raise Skipped("libset_locale.so is not built, or the package locales is not installed")
    made = bench.stage.call(["localedef", "-i", "de_DE", "-f", "UTF-8", "./de_DE.UTF-8"])
    if made.returncode != 0:
        raise Skipped(f"the locale cannot be made: {made.stderr.strip()}")
    process = bench.start_and_wait()
    process.kill()
    process.communicate()
    environment = {**os.environ, "LOCPATH": str(bench.stage.folder), "LC_ALL": "de_DE.UTF-8",
                   "LD_PRELOAD": str(preload), "ASAN_OPTIONS": "verify_asan_link_order=0"}
    expect_end(bench.stage.run(env=environment), 0)
    bench.expect_tree()


def no_environment(bench):
    """No HOME, no TERM, no PATH; what chooses OpenBLAS's kernels would be in run.json."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")}
    expect_end(bench.stage.run(env=kept), 0)
    bench.expect_tree()


def few_descriptors(bench):
    """No more than 3, 4, 5, … open files."""
    for most in range(3, 64):
        bench.stage.clear()
        done = bench.stage.call(["prlimit", f"--nofile={most}", *bench.stage.command()])
        if done.returncode == 0:
            bench.expect_tree()
            return f"{most - 2} limits"
        # With very few not even the libraries can be loaded: 127.
        expect(done.returncode in (1, 2, 127),
               f"{most} files: exit status {done.returncode}: {done.stderr.strip()}")
        expect(done.stderr.strip(), f"{most} files: nothing was said")
        bench.expect_goes_on()
    raise Failed("63 open files are not enough")


CASES = [(clock_is_off, LONG), (comma_locale, LONG), (no_environment, SHORT), (few_descriptors, SHORT)]
