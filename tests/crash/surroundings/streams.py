"""Standard streams that are closed, full or gone."""

import os
import pty
import subprocess

import stage as stages

from surroundings.bench import LONG, SHORT, expect, expect_end, rows, wait_for


def through_shell(bench, redirection):
    return bench.stage.call(["bash", "-c", f'"$@" {redirection}', "bash", *bench.stage.command()])


def closed_streams(bench):
    """No stream is open: what is opened next is not taken for one."""
    for redirection in ("<&- >&- 2>&-", ">&-", "2>&-", "<&-"):
        bench.stage.clear()
        expect_end(through_shell(bench, redirection), 0)
        bench.expect_tree()


def full_standard_output(bench):
    """/dev/full as standard output: told, with exit status 1; as standard error: nobody to tell."""
    expect_end(through_shell(bench, ">/dev/full"), 1, "standard output")
    bench.expect_tree()
    bench.stage.clear()
    expect_end(through_shell(bench, "2>/dev/full"), 0)
    bench.expect_tree()


def pipe_nobody_reads(bench):
    """The reader of both streams is gone."""
    done = through_shell(bench, "2>&1 | true; exit ${PIPESTATUS[0]}")
    expect(done.returncode in (0, 1), f"exit status {done.returncode}")
    bench.expect_tree()


def terminal_goes_away(bench):
    """The live display on a terminal that is closed while the sweep is under way."""
    ours, theirs = pty.openpty()
    command = [word for word in bench.stage.command() if word != "--no-progress"]
    process = subprocess.Popen(command, cwd=bench.stage.folder, stdin=theirs, stdout=theirs,
                               stderr=theirs)
    os.close(theirs)
    wait_for(lambda: rows(bench.stage.results) > 2)
    os.close(ours)
    # The table on standard output cannot be written.
    expect(process.wait(stages.SECONDS) == 1, f"exit status {process.returncode}, expected 1")
    bench.expect_tree()


def full_log_file(bench):
    """A log that cannot be written is told of once, and ends no run."""
    done = bench.stage.run("--log-file", "/dev/full")
    expect(done.returncode == 1, f"exit status {done.returncode}: {done.stderr.strip()}")
    told = done.stderr.count("nnrun: /dev/full: the log is not whole: ")
    expect(told == 1, f"told {told} times of the log: {done.stderr.strip()}")
    bench.expect_goes_on()


CASES = [(closed_streams, SHORT), (full_standard_output, SHORT), (pipe_nobody_reads, SHORT),
         (terminal_goes_away, LONG), (full_log_file, SHORT)]
