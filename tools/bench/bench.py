"""What the benches of this folder share: nnrun, its data, its times and the machine."""

import csv
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORES = len(os.sched_getaffinity(0))


def say(text):
    print(text, file=sys.stderr, flush=True)


def environment(blas_threads, other_threads=1):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "OMP_"))}
    return {**kept, "OPENBLAS_NUM_THREADS": str(blas_threads),
            "OMP_NUM_THREADS": str(other_threads)}


def find_mnist():
    folders = [ROOT / "data/mnist", pathlib.Path.home() / ".cache/nnrun/mnist"]
    if os.environ.get("NNRUN_DATA_DIR"):
        folders.insert(0, pathlib.Path(os.environ["NNRUN_DATA_DIR"]) / "mnist")
    for folder in folders:
        if list(folder.glob("train-images-idx3-ubyte*")):
            return folder.resolve()
    sys.exit(f"{sys.argv[0]}: MNIST not found; to fetch it: tools/fetch_data mnist")


def build():
    subprocess.run([ROOT / "tools/build", "release"], check=True, stdout=subprocess.DEVNULL)


def train(arguments, results, threads, under=()):
    """Runs nnrun `under` another command; what it wrote to standard error."""
    command = [*under, ROOT / "build/nnrun", *arguments, "--results", results,
               "--threads", str(threads), "--quiet"]
    done = subprocess.run(command, env=environment(1), cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stderr


def epochs_of(run):
    """Milliseconds of the epochs of a finished run; the first one, which warms up, does not count."""
    with (run / "timing.csv").open() as file:
        return [1000 * float(row["seconds"]) for row in list(csv.DictReader(file))[2:]]


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    doctor = subprocess.run([ROOT / "build/nnrun", "doctor"], env=environment(1), cwd=ROOT,
                            capture_output=True, text=True).stdout.splitlines()
    return f"{model}, {CORES} cores; {doctor[1]}; {doctor[2]}"


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
