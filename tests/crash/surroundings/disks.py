"""Disks that are full or read-only, and results that go away."""

import shutil

import stage as stages
from stage import RESULTS

from surroundings.bench import LONG, SHORT, Failed, Skipped, ended, expect, expect_end

ON_OWN_DISK = """
set -eu
mkdir -p results
mount -t tmpfs -o size=1m none results
"""

FULL_DISK = ON_OWN_DISK + """
free=$1
shift
dd if=/dev/zero of=results/filler bs=4096 2>/dev/null || true
truncate --size=-"$free" results/filler
status=0
"$@" 2>full.error || status=$?
rm results/filler
echo "$status" >full.status
"$@" 2>again.error || { echo "again: $?"; cat again.error; exit 9; }
cp -r results copy
"""

READ_ONLY = ON_OWN_DISK + """
set +e
fill=$1
shift
if [[ -n $fill ]]; then "$@" 2>/dev/null || exit 9; fi
mount -o remount,ro results || exit 9
"$@" 2>full.error
echo $? >full.status
if [[ -n $fill ]]; then "$1" compare results/sweep --format csv >compared || exit 8; fi
mount -o remount,rw results || exit 9
"$@" 2>again.error || { echo "again: $?"; cat again.error; exit 9; }
cp -r results copy
"""


def on_own_disk(bench, script, *arguments):
    """Runs a script in which results/ is a file system of 1 MiB; nothing stays mounted."""
    inside = ["unshare", "--mount", "bash", "-c"]
    tried = bench.stage.call([*inside, "mount -t tmpfs none /mnt"])
    if tried.returncode != 0:
        raise Skipped(f"nothing can be mounted here: {tried.stderr.strip()}")
    shutil.rmtree(bench.stage.folder / "copy", ignore_errors=True)
    done = bench.stage.call([*inside, script, "bash", *arguments, *bench.stage.command()])
    expect(done.returncode == 0, f"{done.stdout} {done.stderr}".strip())
    bench.expect_tree(bench.stage.folder / "copy")
    return (int((bench.stage.folder / "full.status").read_text()),
            (bench.stage.folder / "full.error").read_text(errors="replace").strip())


def full_disk(bench):
    """A disk of 1 MiB on which 0, 4, 8, … KiB are free, until the sweep has enough."""
    for free in range(0, 1 << 20, 4096):
        status, error = on_own_disk(bench, FULL_DISK, str(free))
        if status == 0:
            expect(free > 20 * 4096, "it was never full")
            return f"{free // 4096} sizes"
        expect(status in (1, 2), f"{free} bytes free: exit status {status}: {error}")
        expect(f"{RESULTS}/" in error and "No space left on device" in error,
               f"{free} bytes free: expected the file and the reason, got: {error}")
    raise Failed("1 MiB is not enough")


def read_only_disk(bench):
    """Nothing there, and everything there: not written, but read."""
    status, error = on_own_disk(bench, READ_ONLY, "")
    expect(status in (1, 2) and RESULTS in error and "Read-only file system" in error,
           f"exit status {status}: {error}")
    status, error = on_own_disk(bench, READ_ONLY, "filled")
    expect(status == 0 or (status in (1, 2) and "Read-only file system" in error),
           f"all finished: exit status {status}: {error}")


def results_removed(bench):
    """The folder goes away while runs are under way: exit 1, and no tree without the rest."""
    process = bench.start_and_wait()
    shutil.rmtree(bench.stage.results, ignore_errors=True)
    done = ended(process)
    expect_end(done, 1, f"{RESULTS}/")
    left = [name for name in stages.tree(bench.stage.results) if name.endswith(("run.json", ".csv"))]
    expect(not left, f"made anew: {' '.join(left)}")
    bench.expect_goes_on()


def experiment_removed(bench):
    """The same with one run's folder: exit 1, and the other runs are trained."""
    process = bench.start_and_wait()
    gone = sorted(bench.stage.results.glob("*/*/"))[0]
    shutil.rmtree(gone, ignore_errors=True)
    done = ended(process)
    expect_end(done, 1, f"{RESULTS}/")
    expect(not (gone / "run.json").exists(), f"{gone.name}: finished without its first rows")
    bench.expect_goes_on()


CASES = [(full_disk, SHORT), (read_only_disk, SHORT), (results_removed, LONG), (experiment_removed, LONG)]
