"""Short sweeps, a folder to run them in, and the tree of results that must come out.

What may differ between two times: timing.csv, and in run.json the times, the machine and the checksums that
follow from them. Everything else is compared to the byte, and no file may be left over.
"""

import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get("NNRUN_BINARY", ROOT / "build/nnrun")).resolve()

RESULTS = "results"  # beside the experiment file; relative, as messages show it
FILE = "sweep.yaml"
SECONDS = 60  # after which a process counts as hanging
SKIPPED = 77
MOST_TOLD = 4

# A checkpoint after every step: the system calls are the same each time.
EVERY_STEP = "checkpoint: {every_seconds: 0}\n"

# Mini-batches, an optimizer and layers that remember, dropout, a schedule and a metric that keep more than sums.
BATCHES = EVERY_STEP + """\
name: sweep
dataset:
  name: {synthetic: {kind: blobs, train: 30, test: 9, classes: 2, features: 3}}
  split: {train: 20, validation: 10}
  labels: {one_vs_rest: 0}
network: [{dense: {units: 3}}, batch_norm, tanh, {dropout: {rate: 0.25}}, {dense: {units: 1}}, sigmoid]
loss: binary_cross_entropy
optimizer: adam
learning_rate: [0.05, {reduce_on_plateau: {from: 0.1, patience: 1}}]
epochs: 2
batch_size: 8
metrics: [accuracy, auc_roc]
"""

# Full batches of data in files, a split drawn anew each epoch, two confusion matrices.
FULL_BATCH = EVERY_STEP + """\
name: sweep
dataset:
  name: {idx: {train_images: train-images, train_labels: train-labels, test_images: test-images,
               test_labels: test-labels, classes: 3}}
  split: {train: 20, validation: 10}
  shuffle: every_epoch
network: [{dense: {units: 4}}, relu, {dense: {units: 3}}, softmax]
loss: cross_entropy
optimizer: {lbfgs: {history: 2}}
learning_rate: [0.5, 1]
epochs: 3
metrics: [accuracy, f1]
confusion: [test, validation]
"""

# Two groups that train one after the other; in each a run that diverges.
GROUPS = EVERY_STEP + """\
name: sweep
dataset:
  name: {synthetic: {kind: moons, train: 30, test: 9}}
  split: {train: 20, validation: 10}
network: [{dense: {units: 2}}, softmax]
loss: cross_entropy
optimizer: {momentum: {l2: 1}}
learning_rate: [0.1, 1.0e+30]
batch_size: [full, 10]
epochs: 2
"""

# Some tenths of a second in two groups of two runs, and checkpoints as they are in use, only oftener.
FREQUENT = "checkpoint: {every_seconds: 0.05}\n"
LONG = FREQUENT + """\
name: sweep
dataset:
  name: {synthetic: {kind: digits, train: 3000, test: 500}}
  split: {train: 2000, validation: 1000}
network: [{dense: {units: 16}}, batch_norm, relu, {dropout: {rate: 0.25}}, {dense: {units: 10}}, softmax]
loss: cross_entropy
optimizer: adam
learning_rate: [0.01, 0.03]
batch_size: [64, full]
epochs: 40
metrics: [accuracy]
"""

SHAPES = {"batches": BATCHES, "full_batch": FULL_BATCH, "groups": GROUPS}


class Hangs(Exception):
    """A process that does not end."""


def write_digits(folder):
    """Images of 2 × 2 pixels in IDX files: 30 to train on and 9 to test on, 3 classes."""
    for part, count in (("train", 30), ("test", 9)):
        labels = bytes(n % 3 for n in range(count))
        pixels = bytes((200 if p == n % 3 else 0) + n % 50 for n in range(count) for p in range(4))
        (folder / f"{part}-images").write_bytes(struct.pack(">IIII", 0x803, count, 2, 2) + pixels)
        (folder / f"{part}-labels").write_bytes(struct.pack(">II", 0x801, count) + labels)


class Stage:
    """A folder with the files of one sweep, in which nnrun runs it."""

    def __init__(self, folder, text):
        self.folder = pathlib.Path(folder)
        self.results = self.folder / RESULTS
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / FILE).write_text(text, encoding="utf-8")
        write_digits(self.folder)

    @staticmethod
    def command(*arguments, threads=1):
        return [str(BINARY), "run", FILE, "--results", RESULTS, "--threads", str(threads),
                "--no-progress", *arguments]

    def call(self, command, **options):
        """Any command in this folder; its output as text."""
        process = self._popen(command, options, start_new_session=True)
        try:
            stdout, stderr = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as expired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise Hangs(f"still there after {SECONDS} s: {' '.join(command)}") from expired
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)

    def _popen(self, command, options, **more):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                   **options, **more}
        return subprocess.Popen(command, cwd=self.folder, text=True, errors="replace", **options)

    def run(self, *arguments, threads=1, **options):
        return self.call(self.command(*arguments, threads=threads), **options)

    def start(self, *arguments, threads=1, under=(), **options):
        """The same without waiting for it; `under` another command, such as strace."""
        return self._popen([*under, *self.command(*arguments, threads=threads)], options)

    def clear(self):
        """No results."""
        shutil.rmtree(self.results, ignore_errors=True)

    def fill(self, results):
        """The results of another folder, or none."""
        self.clear()
        if results is not None:
            shutil.copytree(results, self.results, symlinks=True)

    def expected(self):
        """The tree of an undisturbed run, which is left there."""
        self.clear()
        done = self.run()
        if done.returncode != 0:
            raise RuntimeError(f"undisturbed, nnrun ends with {done.returncode}: {done.stderr}")
        return tree(self.results)


def plain_run_json(content):
    """run.json without what may differ."""
    try:
        run = json.loads(content)
    except ValueError:
        return content
    for key in ("started", "finished", "machine", "sha256"):
        run.pop(key, None)
    run["files"].pop("timing.csv", None)
    return json.dumps(run, indent=1).encode()


def tree(results):
    """Every file of a tree, by its path, with the content that must not differ; folders end in a slash."""
    files = {}
    for path in sorted(results.rglob("*")):
        name = path.relative_to(results).as_posix()
        if path.is_dir() and not path.is_symlink():
            files[name + "/"] = b""
        elif path.name in ("timing.csv", ".lock"):
            files[name] = b""
        elif path.name == "run.json":
            files[name] = plain_run_json(path.read_bytes())
        else:
            files[name] = path.read_bytes()
    return files


def difference(expected, found):
    """In a few words how two trees differ, or nothing."""
    told = [f"{name} is missing" for name in expected if name not in found]
    told += [f"{name} is left over" for name in found if name not in expected]
    told += [f"{name} differs" for name in expected if name in found and expected[name] != found[name]]
    return ", ".join(told[:MOST_TOLD]) + (f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else "")


def finished(results):
    """run.json of every run that has one, times included: who trains a run again writes another."""
    return {path.relative_to(results).as_posix(): path.read_bytes()
            for path in sorted(results.glob("*/*/run.json"))}


def trained_again(before, after):
    """Which finished runs are gone or were trained once more."""
    return ", ".join(f"{path} was finished and is not the same any more"
                     for path, content in before.items() if after.get(path) != content)


def has_sanitizers():
    """LeakSanitizer does not work under strace, and all is much slower."""
    return b"__asan_init" in BINARY.read_bytes()


def need_binary():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # folders are removed then too
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"{sys.argv[0]}: no {BINARY}; made by: tools/build")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)
