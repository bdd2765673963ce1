"""Metrics: scikit-learn's values for given outputs and labels."""

import warnings

import numpy as np
from sklearn import metrics

from . import Draw

SAMPLES = 24
CLASSES = 7


class Scene:
    """Outputs [N, K] whose rows are shares of 1024 that add up to 1, and labels.

    `absent`: a class that is nobody's label, `silent`: one that is never predicted.
    """

    def __init__(self, name, classes=CLASSES, binary=False, absent=None, silent=None):
        draw = Draw(f"metrics {name}")
        self.binary = binary
        self.classes = classes
        present = [k for k in range(classes) if k != absent]
        self.labels = np.array(draw.shuffled(present[n % len(present)] for n in range(SAMPLES)))
        if binary:
            # Twice 16 steps only: that of some samples is the same, as it counts for auc_roc.
            self.outputs = np.array([[(2 * n + 1) / 32] for n in draw.whole(SAMPLES, 16)])
        else:
            self.outputs = np.array([self._row(draw, label, silent) for label in self.labels])
        self.predicted = (self.outputs[:, 0] > 0.5).astype(int) if binary else self.outputs.argmax(1)

    def _row(self, draw, label, silent):
        """No two the same: which k are the largest would be a matter of taste."""
        while True:
            sizes = [abs(n) for n in draw.numbers(self.classes)]
            if draw.whole(1, 2)[0]:
                sizes[label] += 1.5
            if silent is not None:
                sizes[silent] = 1 / 64
            shares = [int(1024 * size / sum(sizes)) for size in sizes]
            shares[int(np.argmax(shares))] += 1024 - sum(shares)
            if len(set(shares)) == len(shares):
                return [share / 1024 for share in shares]


BINARY = Scene("binary", classes=2, binary=True)
ALL_NO = Scene("all no", classes=2, binary=True)
ALL_NO.outputs = ALL_NO.outputs / 2
ALL_NO.predicted = np.zeros_like(ALL_NO.predicted)
CLASSES_SEEN = Scene("classes")
GAPS = Scene("gaps", absent=2, silent=5)
NEITHER = Scene("neither", absent=3, silent=3)
SCENES = [CLASSES_SEEN, GAPS, NEITHER]


def case(leaf, scene, columns):
    return {"yaml": leaf, "last": "sigmoid" if scene.binary else "softmax",
            "labels_kind": "one_vs_rest" if scene.binary else "classes",
            "outputs": scene.outputs.shape[1], "a": scene.outputs.reshape(-1).tolist(),
            "labels": scene.labels.tolist(),
            "columns": {name: float(value) for name, value in columns.items()}}


def accuracy():
    for scene in (BINARY, *SCENES):
        yield case("accuracy", scene,
                   {"accuracy": metrics.accuracy_score(scene.labels, scene.predicted)})


def binary_accuracy():
    """Keras's: each output above 0.5 or not; accuracy over all of them."""
    for scene in (BINARY, CLASSES_SEEN):
        wanted = scene.labels[:, None] if scene.binary else np.eye(CLASSES)[scene.labels]
        value = metrics.accuracy_score(wanted.reshape(-1), (scene.outputs > 0.5).reshape(-1))
        yield case("binary_accuracy", scene, {"binary_accuracy": value})


def top_k_accuracy():
    for k in (None, 1, 2, 3):
        value = metrics.top_k_accuracy_score(CLASSES_SEEN.labels, CLASSES_SEEN.outputs, k=k or 5,
                                             labels=range(CLASSES))
        leaf = {"top_k_accuracy": {"k": k}} if k else "top_k_accuracy"
        yield case(leaf, CLASSES_SEEN, {f"top_k_accuracy_{k or 5}": value})


def averaged(name, score):
    """Differs: scikit-learn averages over the classes that it has seen unless it is told which ones
    there are; nnrun's macro average is over all K classes."""

    def value(scene, average):
        if scene.binary:
            return score(scene.labels, scene.predicted, zero_division=0)
        return score(scene.labels, scene.predicted, labels=range(scene.classes), average=average,
                     zero_division=0)

    def cases():
        for scene in (BINARY, ALL_NO):
            yield case(name, scene, {name: value(scene, None)})
        for scene in SCENES:
            yield case(name, scene, {name: value(scene, "macro")})
            yield case({name: {"average": "micro"}}, scene, {f"{name}_micro": value(scene, "micro")})
            of_each = value(scene, None)
            yield case({name: {"average": "per_class"}}, scene,
                       {f"{name}_{k}": of_each[k] for k in range(scene.classes)})

    return cases


def auc_roc():
    """Only where every class is some sample's: it has no value otherwise."""
    yield case("auc_roc", BINARY,
               {"auc_roc": metrics.roc_auc_score(BINARY.labels, BINARY.outputs[:, 0])})
    yield case("auc_roc", CLASSES_SEEN, {"auc_roc": metrics.roc_auc_score(
        CLASSES_SEEN.labels, CLASSES_SEEN.outputs, multi_class="ovr", average="macro")})


CASES = {
    "accuracy": accuracy,
    "binary_accuracy": binary_accuracy,
    "top_k_accuracy": top_k_accuracy,
    "precision": averaged("precision", metrics.precision_score),
    "recall": averaged("recall", metrics.recall_score),
    "f1": averaged("f1", metrics.f1_score),
    "auc_roc": auc_roc,
}


def files():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, cases in CASES.items():
            yield name, list(cases())
