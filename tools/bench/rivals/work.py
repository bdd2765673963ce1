"""What every contender is given to do, and how a rival tells what it measured.

A rival is a script that is called as `RIVAL WORK FOLDER EPOCHS [VARIANT]`: it trains WORK on the MNIST
files in FOLDER for so many epochs and prints one line of JSON, made by `tell`.
"""

import gzip
import json
import pathlib
import resource
import statistics
import time

import numpy as np

from works import WORKS  # noqa: F401

TRAINING = 40000
VALIDATION = 20000


def layers(work):
    """(inputs, outputs) of each dense layer."""
    widths = [784, *work["hidden"], work["classes"]]
    return list(zip(widths[:-1], widths[1:]))


def starting_weights(work, dtype):
    generator = np.random.default_rng(1)
    weights = []
    for inputs, outputs in layers(work):
        scale = 0.01 if work["batch"] == 0 else np.sqrt(2 / inputs)
        weights.append(generator.normal(0, scale, (inputs, outputs)).astype(dtype))
    return weights


def read_idx(folder, name, header):
    plain = pathlib.Path(folder) / name
    data = plain.read_bytes() if plain.exists() else gzip.open(f"{plain}.gz").read()
    return np.frombuffer(data, np.uint8, offset=header)


def read_mnist(folder, work, dtype):
    """x, y of the training samples, then of the validation samples."""
    images = read_idx(folder, "train-images-idx3-ubyte", 16).reshape(-1, 784)
    labels = read_idx(folder, "train-labels-idx1-ubyte", 8).astype(np.int64)
    if work["classes"] == 1:
        labels = (labels == 0).astype(np.int64)
    order = np.random.default_rng(1).permutation(len(images))
    images = images[order].astype(dtype) / dtype(255)
    labels = labels[order]
    end = TRAINING + VALIDATION
    return images[:TRAINING], labels[:TRAINING], images[TRAINING:end], labels[TRAINING:end]


def timed(epochs, epoch):
    """Calls `epoch(number)` so many times; the milliseconds of each but the first, and the last
    result."""
    milliseconds = []
    for number in range(epochs):
        start = time.perf_counter()
        result = epoch(number)
        milliseconds.append(1000 * (time.perf_counter() - start))
    return milliseconds[1:], result


def tell(milliseconds, runs, validation, versions):
    """`validation`: loss and accuracy of the last epoch, to see that the work was done."""
    print(json.dumps({
        "milliseconds": statistics.median(milliseconds) / runs,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "loss": float(validation[0]),
        "accuracy": float(validation[1]),
        "versions": versions,
    }))
