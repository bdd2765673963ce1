"""The samples of a run, read and scaled as nnrun does it."""

import gzip
import struct

import numpy as np
import torch

from . import Unknown, read_leaf

IDX_SETS = ("mnist", "fashion_mnist", "idx")
SHARED_KEYS = {"name", "dir", "split", "shuffle", "scale", "labels", "limit"}


class Samples:
    """x [N, C, H, W] and labels [N]: classes, or 0 and 1."""

    def __init__(self, x, labels):
        self.x = x
        self.labels = labels

    def __len__(self):
        return len(self.labels)

    def part(self, start, end):
        return Samples(self.x[start:end], self.labels[start:end])


def read_idx(path):
    """An IDX file of unsigned bytes, plain or gzip."""
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    dimensions = content[3]
    shape = struct.unpack(f">{dimensions}I", content[4:4 + 4 * dimensions])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def count(share, samples):
    """Whole numbers are counts, others shares of all samples, rounded down."""
    return share if isinstance(share, int) else int(share * samples)


def scaled(pixels, how, train):
    """Features [N, D] from bytes; `standard` by the first `train` samples."""
    if how == "none":
        return pixels.astype(np.float32)
    if how == "unit":
        return pixels.astype(np.float32) / np.float32(255)
    fitted = pixels[:train].astype(np.float64)
    mean, deviation = fitted.mean(axis=0), fitted.std(axis=0)
    constant = fitted.min(axis=0) == fitted.max(axis=0)
    factor = np.where(constant, 0, 1 / np.where(constant, 1, deviation))
    return ((pixels - mean) * factor).astype(np.float32)


def read_samples(dataset, paths):
    """The training and the validation samples of `dataset` (an experiment's, resolved, in file order),
    whose files are `paths`."""
    name, options = read_leaf(dataset["name"])
    unknown = [key for key, value in dataset.items() if key not in SHARED_KEYS and value]
    if name not in IDX_SETS or unknown:
        raise Unknown(f"unknown here: {', '.join(unknown) or f'data set {name}'}")
    if dataset["split"].get("stratified"):
        raise Unknown("a stratified split is drawn, and the order of samples is the file's here")
    most = dataset.get("limit", {}).get("train", "all")
    most = None if most == "all" else most
    images, labels = read_idx(paths[0])[:most], read_idx(paths[1])[:most]
    labels_kind, positive = read_leaf(dataset["labels"])
    if labels_kind == "one_vs_rest":
        labels = labels == positive
    train, validation = (count(dataset["split"][part], len(labels))
                         for part in ("train", "validation"))
    pixels = images[:train + validation].reshape(train + validation, -1)
    x = torch.from_numpy(scaled(pixels, dataset["scale"], train))
    samples = Samples(x.reshape(-1, 1, *images.shape[1:]),
                      torch.from_numpy(labels[:train + validation].astype(np.int64)))
    return samples.part(0, train), samples.part(train, train + validation)
