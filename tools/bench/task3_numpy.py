"""Task 3 in NumPy float32: prints the milliseconds of an epoch, the median over all but the first.

Usage: OPENBLAS_NUM_THREADS=N /usr/bin/python3 tools/bench/task3_numpy.py FOLDER EPOCHS

784-64-10, sigmoid and softmax, cross-entropy, learning rate 0.7: full-batch gradient descent on 40000
training samples, then loss and accuracy on 20000 validation samples. FOLDER holds MNIST, plain or .gz.
On standard error: the BLAS in use, and the last epoch's measures, to see that the work is the same.

Samples go through in blocks that stay in cache, into arrays made once: of the ways to write it in
NumPy, the fastest found.
"""

import gzip
import pathlib
import statistics
import sys
import time

import numpy as np

TRAINING = 40000
VALIDATION = 20000
HIDDEN = 64
CLASSES = 10
LEARNING_RATE = np.float32(0.7)
BLOCK = 2000


def read_idx(folder, name, header):
    plain = folder / name
    data = plain.read_bytes() if plain.exists() else gzip.open(folder / (name + ".gz")).read()
    return np.frombuffer(data, np.uint8, offset=header)


def read_mnist(folder):
    images = read_idx(folder, "train-images-idx3-ubyte", 16).reshape(-1, 784)
    labels = read_idx(folder, "train-labels-idx1-ubyte", 8).astype(np.intp)
    return images.astype(np.float32) / np.float32(255), labels


class Network:
    def __init__(self, generator):
        self.w1 = generator.normal(0, 0.01, (784, HIDDEN)).astype(np.float32)
        self.b1 = np.zeros(HIDDEN, np.float32)
        self.w2 = generator.normal(0, 0.01, (HIDDEN, CLASSES)).astype(np.float32)
        self.b2 = np.zeros(CLASSES, np.float32)
        self.gradients = [np.zeros_like(p) for p in self.parameters()]
        self.rows = np.arange(BLOCK)
        self.hidden = np.empty((BLOCK, HIDDEN), np.float32)
        self.d_hidden = np.empty((BLOCK, HIDDEN), np.float32)
        self.output = np.empty((BLOCK, CLASSES), np.float32)
        self.d_w1 = np.empty_like(self.w1)

    def parameters(self):
        return [self.w1, self.b1, self.w2, self.b2]

    def forward(self, x, labels):
        """Leaves hidden [N, 64] and the probabilities [N, 10]; returns loss sum and hits."""
        h, z = self.hidden, self.output
        np.dot(x, self.w1, out=h)
        h += self.b1
        np.negative(h, out=h)
        np.exp(h, out=h)
        h += 1
        np.reciprocal(h, out=h)

        np.dot(h, self.w2, out=z)
        z += self.b2
        z -= z.max(axis=1, keepdims=True)
        hits = np.count_nonzero(z.argmax(axis=1) == labels)
        true_logits = z[self.rows, labels].sum(dtype=np.float64)
        np.exp(z, out=z)
        total = z.sum(axis=1, keepdims=True)
        z /= total
        return np.log(total).sum(dtype=np.float64) - true_logits, hits

    def backward(self, x, labels):
        """Adds the block's gradients; spoils hidden and output."""
        d_w1, d_b1, d_w2, d_b2 = self.gradients
        h, dz, da = self.hidden, self.output, self.d_hidden
        dz[self.rows, labels] -= 1
        d_w2 += h.T @ dz
        d_b2 += dz.sum(axis=0)
        np.dot(dz, self.w2.T, out=da)
        da *= h
        np.subtract(1, h, out=h)
        da *= h
        np.dot(x.T, da, out=self.d_w1)
        d_w1 += self.d_w1
        d_b1 += da.sum(axis=0)

    def update(self):
        for parameter, gradient in zip(self.parameters(), self.gradients):
            gradient *= LEARNING_RATE / np.float32(TRAINING)
            parameter -= gradient
            gradient.fill(0)


def sweep(network, images, labels, train):
    """Loss and accuracy over all samples; with `train`, the gradients too."""
    loss, hits = 0.0, 0
    for start in range(0, len(images), BLOCK):
        x, y = images[start : start + BLOCK], labels[start : start + BLOCK]
        block_loss, block_hits = network.forward(x, y)
        loss += block_loss
        hits += block_hits
        if train:
            network.backward(x, y)
    return loss / len(images), hits / len(images)


def blas_name():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        libraries = {line.split("/")[-1].strip() for line in maps if "/" in line}
    names = sorted(n for n in libraries if "blas" in n.lower() and n.startswith("lib"))
    return ", ".join(names) or "unknown"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    images, labels = read_mnist(pathlib.Path(sys.argv[1]))
    order = np.random.default_rng(1).permutation(len(images))
    train, validation = order[:TRAINING], order[TRAINING : TRAINING + VALIDATION]
    train_x, train_y = images[train], labels[train]
    validation_x, validation_y = images[validation], labels[validation]

    network = Network(np.random.default_rng(1))
    seconds = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        train_measures = sweep(network, train_x, train_y, train=True)
        network.update()
        validation_measures = sweep(network, validation_x, validation_y, train=False)
        seconds.append(time.perf_counter() - start)

    print(f"{1000 * statistics.median(seconds[1:]):.3f}")
    print(
        f"numpy {np.__version__} on {blas_name()}: "
        f"train {train_measures[0]:.4f} {train_measures[1]:.4f}, "
        f"validation {validation_measures[0]:.4f} {validation_measures[1]:.4f}",
        file=sys.stderr,
    )


main()
