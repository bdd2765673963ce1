"""Several nnrun on one tree."""

import time

import stage as stages

from surroundings.bench import LONG, Skipped, ended, expect, expect_end, wait_for
from tracing import why_not_traced

RUNS = 4  # of the sweep
ROUNDS = 4  # of what depends on who comes first


def trained(outputs):
    """How often each run was trained to its end, as the lines on standard error tell."""
    lines = [line for text in outputs for line in text.splitlines() if " epochs: " in line]
    names = [line.split(": ", 1)[0] for line in lines]
    return {name: names.count(name) for name in names}


def runners(bench, count):
    """So many on one tree at once: all end well, and every run is trained once."""
    for _ in range(ROUNDS):
        bench.stage.clear()
        together = [bench.stage.start() for _ in range(count)]
        done = [ended(process) for process in together]
        for each in done:
            expect_end(each, 0)
        bench.expect_tree()
        times = trained([each.stderr for each in done])
        expect(len(times) == RUNS and set(times.values()) == {1},
               f"expected every run to be trained once: {times}")


def two_runners(bench):
    """Two on one tree."""
    runners(bench, 2)


def eight_runners(bench):
    """Eight on one tree."""
    runners(bench, 8)


def one_of_two_killed(bench):
    """What a dead runner held is taken over by the other."""
    first = bench.start_and_wait()
    second = bench.stage.start()
    time.sleep(0.05)
    first.kill()
    first.communicate()
    expect_end(ended(second), 0)
    bench.expect_tree()


def one_of_eight_killed(bench):
    """One after the other, seven of eight die."""
    together = [bench.stage.start() for _ in range(8)]
    for process in together[:-1]:
        time.sleep(0.02)
        process.kill()
        process.communicate()
    expect_end(ended(together[-1]), 0)
    bench.expect_tree()


def fresh_beside_another(bench):
    """--fresh does not take away what another process is training."""
    first = bench.start_and_wait()
    second = bench.stage.start("--fresh")
    expect_end(ended(first), 0)
    done = ended(second)
    expect(done.returncode in (0, 2), f"--fresh: exit status {done.returncode}: {done.stderr.strip()}")
    bench.expect_goes_on()


def both_retry(bench):
    """Two that retry what diverged: it is trained once more, not twice."""
    for _ in range(ROUNDS):
        bench.stage.clear()
        bench.stage.run()
        together = [bench.stage.start("--retry", "diverged") for _ in range(2)]
        done = [ended(process) for process in together]
        for each in done:
            expect_end(each, 0)
        bench.expect_tree()
    bench.expect_goes_on()


def replaced_while_read(bench):
    """A run that another nnrun takes away while its files are read is no damage."""
    why = why_not_traced()
    if why:
        raise Skipped(why)
    bench.stage.run()
    run = next(bench.stage.results.glob("*/*/run.json")).parent
    trace = bench.stage.folder / "trace"
    metrics = run.relative_to(bench.stage.folder) / "metrics.csv"
    slow = ["strace", "-f", "-qq", "-o", trace, "-P", metrics, "-e", "trace=openat",
            "-e", "inject=openat:delay_enter=700000:when=1"]
    process = bench.stage.start(under=slow)
    wait_for(lambda: trace.exists() and trace.read_text())
    (run / "run.json").unlink()
    (run / "metrics.csv").unlink()
    expect_end(ended(process), 0)
    bench.expect_goes_on()


CASES = [(case, LONG) for case in (two_runners, eight_runners, one_of_two_killed, one_of_eight_killed,
                                   fresh_beside_another)]
CASES += [(both_retry, stages.GROUPS), (replaced_while_read, stages.GROUPS)]
