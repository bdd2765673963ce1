"""Files that nnrun check takes or refuses, and those of which a JSON Schema says otherwise.

A case is a list of lines "key: value" that replace the base file's or are added to it; "-key" takes one away.
"""

EXPERIMENT = {
    "name": "case",
    "dataset": "{name: {synthetic: {kind: digits}}}",
    "network": "[{dense: {units: 10}}, softmax]",
    "loss": "cross_entropy",
    "learning_rate": "0.5",
    "epochs": "2",
}

MANIFEST = {
    "name": "study",
    "experiments": "{one: one.yaml}",
}


def _file(base, case):
    lines = dict(base)
    for line in case:
        if line.startswith("-"):
            del lines[line[1:]]
        else:
            key, value = line.split(": ", 1)
            lines[key] = value
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


def experiment(case):
    return _file(EXPERIMENT, case)


def manifest(case):
    return _file(MANIFEST, case)


FILES = {
    "base.yaml": experiment(["learning_rate: {cosine: {from: 1, to: 0.1}}"]),
    "base_study.yaml": manifest(["claims: []"]),
    "one.yaml": experiment([]),
}

_CLAIM = "name: a, text: b, experiment: one, quantity: {final: {of: test_loss}}"
_FIGURE = "name: f, experiment: one, metric: loss"

GOOD = {
    "experiment": [
        [],
        ["description: text", "seed: 0", "batch_size: 32", "optimizer: {adam: {beta2: 0.99}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, limit: {train: 50, test: all}, scale: standard}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {train: 0.5, validation: 100, stratified: true}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, augment: [{shift: {pixels: 1}}]}"],
        ["dataset: {name: [{synthetic: {kind: digits}}, {synthetic: {kind: digits, train: 50}}]}"],
        ["dataset: {name: {synthetic: {kind: digits}}, labels: {one_vs_rest: [0, 1]}}",
         "network: [{dense: {units: 1}}, sigmoid]", "loss: binary_cross_entropy"],
        ["network: [{conv2d: {channels: 2, kernel: {height: 3, width: 5}, bias: none}}, relu, "
         "{max_pool2d: {kernel: 2}}, flatten, {dense: {units: 10}}, softmax]"],
        ["network: [{dense: {units: [5, 10]}}, [relu, tanh, {elu: {alpha: 2}}], {dense: {units: 10}}, softmax]"],
        ["network: [{dense: {units: 10, weights: [zeros, {normal: {stddev: [0.1, 0.2]}}], "
         "learning_rate: {step: {from: 1, factor: 0.5, every: 1}}, frozen: false}}, softmax]"],
        ["network: [{dense: {units: 5}}, {residual: {layers: [{dense: {units: 5}}, tanh]}}, {dense: {units: 10}}, "
         "softmax]"],
        ["network: [{dense: {units: 10}}, {softmax: {}}]", "optimizer: {adam: {}}"],
        ["loss: {cross_entropy: {class_weights: [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5], reduction: [mean, sum]}}"],
        ["learning_rate: [0.1, 0.2, {cosine: {from: 1, to: 0.1}}]"],
        ["learning_rate: {multi_step: {from: 1, at: [1, 2]}}"],
        ["clip_gradient: {norm: 1}"], ["clip_gradient: {value: [1, 2.5]}"], ["clip_gradient: [none, {norm: 1}]"],
        ["stop: {early: {metric: validation_loss, patience: [1, 20]}}"], ["stop: {seconds: 60}", "keep_best: train_loss"],
        ["stop: {early: {metric: train_loss, patience: 2, min_delta: 0.5, restore: best}, at: {train_loss: [0.1, 1]}}"],
        ["metrics: [accuracy, {f1: {average: [micro, macro]}}, mean_squared_error]"],
        ["confusion: [test, validation]"], ["confusion: []"],
        ["compute: {features: dense}", "checkpoint: {every_seconds: 0}"],
        ["compute: [{features: dense}, {features: sparse}]"],
        ["grid: {}"],
        ["grid: {learning_rate: [1, 2], network.0.dense.units: [10], metrics: [[accuracy], []]}"],
        ["grid: {network.0.dense.weights.normal.stddev: [0.1, 0.2], optimizer.adam.beta2: [0.9]}",
         "network: [{dense: {units: 10, weights: {normal: {}}}}, softmax]", "optimizer: adam"],
        ["grid: {learning_rate: [1, {cosine: {from: 1, to: 0.1}}]}", "-learning_rate"],
        ["grid: {network.0.dense.units: [10]}", "network: [dense, softmax]"],
        ["grid: {dataset.name.synthetic.kind: [digits]}", "dataset: {name: synthetic}"],
        ["grid: {dataset.limit.train: [50, all], network.1: [softmax, log_softmax]}"],
        ["learning_rate: {log: {from: 0.01, to: 10, points: 13}}", "epochs: {integers: {from: 1, to: 5, step: 2}}"],
        ["grid: {learning_rate: {linear: {from: 0.1, to: 1, points: 4}}}"],
        ["zip: {learning_rate: [1, 2], epochs: [3, 4]}", "-learning_rate"],
        ["runs: [{learning_rate: 1}, {learning_rate: 2, batch_size: 10}]", "-learning_rate"],
        ["grid: {batch_size: [10, 20], epochs: [1, 2]}", "when: {batch_size: {epochs: 2}}"],
        ["epochs: [1, 2, 3]", "exclude: [{epochs: [1, 3]}]"],
        ["repeat: 3", "vary: [init, order]"], ["seeds: {split: 3}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {folds: 3}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {folds: 3, fold: 2}}"],
        ["learning_rate: {log: {from: 0.01, to: 10}}", "search: {random: {trials: 3}}"],
        ["epochs: 9", "learning_rate: [1, 2, 3]", "search: hyperband"],
        ["extends: base.yaml", "-loss", "-epochs", "-network", "-dataset", "-learning_rate"],
        ["extends: base.yaml", "learning_rate: {cosine: {from: 0.9}}"],
    ],
    "manifest": [
        [],
        ["description: text", "results: own", "set: {epochs: 3, network.0.dense.weights.normal.stddev: 0.1}"],
        ["set: {learning_rate: [0.1, 0.2], dataset.limit: {train: 50}, network.0.dense: {units: 10}}"],
        ["set: {grid.seed: [1, 2]}"],
        [f"figures: [{{{_FIGURE}, runs: [run], layout: panels, x_range: [0, 1.5], y_scale: log}}]"],
        [f"claims: [{{{_CLAIM}, near: {{value: 1, tolerance: 0.1}}, place: c, run: run}}]"],
        [f"claims: [{{{_CLAIM}, at_most: {{quantity: {{final: {{of: test_loss}}}}}}, status: contested, reason: r}}]"],
        ["claims: [{name: a, text: b, experiment: one, quantity: {first_epoch: {when: train_loss < 1}}, before: 3}]"],
        ["extends: base_study.yaml", "-experiments"],
    ],
}

BAD = {
    "experiment": [
        *[[f"-{key}"] for key in EXPERIMENT],
        ["unheard_of: 1"], ["dataset: {name: {synthetic: {kind: digits}}, unheard_of: 1}"],
        ["name: a b"], ["name: .hidden"], ["name: 5"], ["name: [a, b]"], ["description: 5"], ["description: true"],
        ["seed: -1"], ["seed: 1.5"], ["seed: x"], ["seed: '1'"], ["seed: 9007199254740993"], ["seed: {a: 1}"],
        ["epochs: 0"], ["epochs: [1, 0]"], ["epochs: []"], ["epochs: [1, [2, 3]]"], ["epochs: [1, 1]"], ["epochs: 1e400x"],
        ["learning_rate: 0"], ["learning_rate: fast"], ["learning_rate: {cosine: {to: 0}}"],
        ["learning_rate: cosine"], ["learning_rate: [0.1, {cosine: {to: 0}}]"], ["learning_rate: true"],
        ["learning_rate: {cosine: {from: 1, to: 0.1}, step: {from: 1, every: 1}}"],
        ["batch_size: 0"], ["batch_size: whole"], ["batch_size: 1.5"],
        ["dataset: mnist"], ["dataset: {}"], ["dataset: {name: imagenet}"], ["dataset: []"],
        ["dataset: {name: {synthetic: {kind: circles}}}"], ["dataset: {name: synthetic}"],
        ["dataset: {name: {npy: {train: {features: x.npy}}}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {train: -1}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {train: 1.5}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, limit: {train: 0}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, labels: {one_vs_rest: 256}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, labels: one_vs_rest}"],
        ["dataset: {name: {synthetic: {kind: digits}}, augment: {shift: {pixels: 1}}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, augment: [shift]}"],
        ["network: softmax"], ["network: []"], ["network: [{dense: {units: 10}}, sofmax]"],
        ["network: [dense, softmax]"], ["network: [{dense: {}}, softmax]"], ["network: [{dense: 10}, softmax]"],
        ["network: [{dense: {units: 10}, softmax: {}}]"], ["network: [{dense: {units: 10}}, [softmax, dense]]"],
        ["network: [{dense: {units: 10, weights: {from_file: {}}}}, softmax]"],
        ["network: [{dense: {units: 10, weights: 0}}, softmax]"],
        ["network: [{dense: {units: 10, frozen: 'true'}}, softmax]"],
        ["network: [{dense: {units: 10, learning_rate: {cosine: {}}}}, softmax]"],
        ["network: [{residual: {layers: [dense]}}, {dense: {units: 10}}, softmax]"],
        ["network: [{residual: {layers: []}}, {dense: {units: 10}}, softmax]"],
        ["network: [{reshape: {shape: [1, 1, 28, 28]}}, {dense: {units: 10}}, softmax]"],
        ["network: [{conv2d: {channels: 2, kernel: {height: 3}}}, flatten, {dense: {units: 10}}, softmax]"],
        ["network: [{conv2d: {channels: 2, kernel: 0}}, flatten, {dense: {units: 10}}, softmax]"],
        ["loss: quadratic"], ["loss: {cross_entropy: {reduction: median}}"], ["loss: [cross_entropy, accuracy]"],
        ["loss: {cross_entropy: {class_weights: []}}"], ["loss: {cross_entropy: {label_smoothing: 1}}"],
        ["optimizer: {adam: {beta2: 1.5}}"], ["optimizer: 5"], ["optimizer: {}"],
        ["clip_gradient: {norm: 1, value: 1}"], ["clip_gradient: {}"], ["clip_gradient: {norm: 0}"],
        ["clip_gradient: 1"], ["clip_gradient: any"],
        ["stop: 5"], ["stop: {early: {metric: train_loss, patience: 0}}"], ["stop: {early: {patience: 3}}"],
        ["stop: {early: {metric: train_loss}}"], ["stop: {early: {metric: train_loss, patience: 1, restore: first}}"],
        ["stop: {early: {metric: train_loss, patience: 1, min_delta: -1}}"], ["stop: {seconds: 0}"],
        ["stop: {at: {}}"], ["stop: {at: {train_loss: low}}"], ["stop: {never: true}"], ["keep_best: 5"],
        ["metrics: accuracy"], ["metrics: [accuracy, accuracy]"], ["metrics: [gradient_descent]"], ["metrics: [{f1: {average: mean}}]"],
        ["confusion: test"], ["confusion: [train]"], ["confusion: [test, test]"],
        ["compute: {features: fast}"], ["compute: dense"], ["checkpoint: {every_seconds: -1}"],
        ["grid: []"], ["grid: {learning_rate: 1}"], ["grid: {learning_rate: []}"], ["grid: {learning_rat: [1]}"],
        ["grid: {learning_rate: [0]}"], ["grid: {epochs: [1, x]}"], ["grid: {name: [a, b]}"],
        ["grid: {network.0.dense.unit: [10]}"], ["grid: {network.0.dense.units: [0]}"],
        ["grid: {network.0.dense: [{units: 10}]}"], ["grid: {dataset.limit.trian: [5]}"], ["grid: {grid: [1]}"],
        ["grid: {metrics: [accuracy]}"],
        ["learning_rate: {log: {from: 0, to: 1, points: 3}}"], ["learning_rate: {log: {from: 1, to: 2, points: 1}}"],
        ["epochs: {integers: {from: 1, to: 5, step: 0}}"], ["epochs: {integers: {to: 5}}"],
        ["learning_rate: {log: {from: 1, to: 2, steps: 3}}"], ["zip: {learning_rat: [1]}"], ["zip: [1]"],
        ["zip: {epochs: []}"], ["runs: []"], ["runs: {epochs: 3}"], ["runs: [{epochs: 0}]"], ["exclude: {epochs: 1}"],
        ["when: []"], ["repeat: 0"], ["repeat: [1, 2]"], ["repeat: 2", "vary: init"], ["repeat: 2", "vary: [weights]"],
        ["seeds: {int: 3}"], ["seeds: {init: -1}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {folds: 1}}"],
        ["dataset: {name: {synthetic: {kind: digits}}, split: {folds: 3, fold: 0}}"],
        ["search: {random: {}}"], ["search: random"], ["search: {hyperband: {eta: 1}}"], ["search: {sobol: {trials: 3}}"],
        ["search: {random: {trials: 3}, hyperband: {}}"],
        ["extends: [base.yaml]"], ["extends: base.yaml", "epochs: 0"], ["extends: 5"],
        ["extends: base.yaml", "network: [{dense: {units: 10}}, dense]"],
    ],
    "manifest": [
        *[[f"-{key}"] for key in MANIFEST],
        ["unheard_of: 1"], ["name: a/b"], ["name: [a]"], ["description: [a, b]"], ["results: mine"],
        ["results: [own, shared]"], ["experiments: {}"], ["experiments: one.yaml"], ["experiments: {one: 1}"],
        ["experiments: [one.yaml]"], ["set: [1]"], ["set: {epochs: 0}"], ["set: {epoch: 1}"],
        ["set: {network.0.dense.units: x}"], ["set: {extends: one.yaml}"],
        ["figures: {}"], ["figures: [a]"], ["figures: [{name: f, experiment: one}]"],
        [f"figures: [{{{_FIGURE}, layout: wide}}]"], [f"figures: [{{{_FIGURE}, x_range: [1]}}]"],
        [f"figures: [{{{_FIGURE}, x_range: [0, x]}}]"], [f"figures: [{{{_FIGURE}, runs: []}}]"],
        [f"figures: [{{{_FIGURE}, runs: [run, run]}}]"], [f"figures: [{{{_FIGURE}, colour: red}}]"],
        ["figures: [{name: a b, experiment: one, metric: loss}]"],
        [f"claims: [{{{_CLAIM}}}]"], [f"claims: [{{{_CLAIM}, at_least: 1, at_most: 2}}]"],
        [f"claims: [{{{_CLAIM}, at_least: x}}]"], [f"claims: [{{{_CLAIM}, at_least: [1, 2]}}]"],
        [f"claims: [{{{_CLAIM}, near: 1}}]"], [f"claims: [{{{_CLAIM}, near: {{value: 1}}}}]"],
        [f"claims: [{{{_CLAIM}, near: {{value: 1, tolerance: -1}}}}]"],
        [f"claims: [{{{_CLAIM}, at_least: {{run: run}}}}]"], [f"claims: [{{{_CLAIM}, at_least: 1, status: true}}]"],
        [f"claims: [{{{_CLAIM}, at_least: 1, why: x}}]"],
        ["claims: [{name: a, text: b, experiment: one, at_least: 1}]"],
        ["claims: [{name: a, text: b, experiment: one, at_least: 1, quantity: final}]"],
        ["claims: [{name: a, text: b, experiment: one, at_least: 1, quantity: {median: {of: test_loss}}}]"],
        ["claims: [{name: a, text: b, experiment: one, at_least: 1, quantity: {final: {of: [a, b]}}}]"],
        ["extends: base_study.yaml", "-experiments", "claims: [{name: a}]"],
    ],
}

# What a JSON Schema cannot say, by the reason.
DIFFERENCES = {
    "experiment": {
        "what fits what: shapes, losses, labels, sums and two options of one leaf": [
            ["network: [{dense: {units: 9}}, softmax]"],
            ["network: [softmax, {dense: {units: 10}}]"],
            ["loss: binary_cross_entropy"],
            ["dataset: {name: {synthetic: {kind: digits}}, split: {train: 1.0, validation: 0.5}}"],
            ["network: [{dense: {units: 10, weights: {uniform: {low: 1, high: 0}}}}, softmax]"],
            ["learning_rate: {multi_step: {from: 1, at: [2, 1]}}"],
            ["metrics: [f1, {f1: {average: macro}}]"],
        ],
        "what is on the disk": [
            ["dataset: {name: {npy: {train: {features: x.npy, labels: y.npy}}}}"],
            ["extends: missing.yaml"],
        ],
        "how a value is written: a schema sees 1.0 as the whole number 1, 0x10 as 16, True as true, and no "
        "size of single precision": [
            ["epochs: 2.0"], ["epochs: 0x10"], ["learning_rate: 1e-60"], ["description: 0x10"],
            ["description: True"],
        ],
        "what another file, or grid, supplies or leads to": [
            ["extends: base.yaml", "-epochs", "learning_rate: {step: {from: 1}}"],
            ["grid: {network.7.dense.units: [10]}"],
            ["grid: {learning_rate: [1, 2]}", "learning_rate: [3, 4]"],
            ["zip: {learning_rate: [1, 2], epochs: [3]}"],
            ["repeat: 2", "seed: [1, 2]"],
            ["vary: [init]"],
            ["learning_rate: {log: {from: 1, to: 2}}"],
            ["learning_rate: {log: {from: 2, to: 1, points: 3}}"],
            ["search: {random: {trials: 3}}"],
            ["dataset: {name: {synthetic: {kind: digits}}, split: {folds: 3, train: 0.5}}"],
        ],
    },
    "manifest": {
        "names that must be known, or given once, elsewhere in the file": [
            [f"figures: [{{{_FIGURE}}}, {{{_FIGURE}}}]"],
            ["claims: [{name: a, text: b, experiment: two, quantity: {final: {of: test_loss}}, at_least: 1}]"],
            [f"claims: [{{{_CLAIM}, run: other, at_least: 1}}]"],
        ],
        "keys that go with one value of another": [
            [f"claims: [{{{_CLAIM}, at_least: 1, status: contested}}]"],
            [f"claims: [{{{_CLAIM}, at_least: 1, reason: r}}]"],
        ],
        "what a text says: conditions, columns": [
            ["claims: [{name: a, text: b, experiment: one, quantity: {first_epoch: {when: train_loss}}, before: 3}]"],
            ["claims: [{name: a, text: b, experiment: one, quantity: {final: {of: gain}}, at_least: 1}]"],
        ],
        "what is on the disk": [["experiments: {one: missing.yaml}"]],
    },
}

# Where a leaf of each kind stands; its name in the schema.
ONE = {"layers": "layer", "losses": "loss", "optimizers": "optimizer", "schedules": "schedule",
       "initializers": "initializer", "metrics": "metric", "datasets": "dataset",
       "augmentations": "augmentation", "quantities": "quantity", "searches": "search"}
PLACES = {
    "layers": lambda leaf: experiment([f"network: [{leaf}]"]),
    "losses": lambda leaf: experiment([f"loss: {leaf}"]),
    "optimizers": lambda leaf: experiment([f"optimizer: {leaf}"]),
    "schedules": lambda leaf: experiment([f"learning_rate: {leaf}"]),
    "initializers": lambda leaf: experiment([f"network: [{{dense: {{units: 10, weights: {leaf}}}}}, softmax]"]),
    "metrics": lambda leaf: experiment([f"metrics: [{leaf}]"]),
    "datasets": lambda leaf: experiment([f"dataset: {{name: {leaf}}}"]),
    "augmentations": lambda leaf: experiment(
        [f"dataset: {{name: {{synthetic: {{kind: digits}}}}, augment: [{leaf}]}}"]),
    "searches": lambda leaf: experiment(
        ["batch_size: {integers: {from: 1, to: 90}}", f"search: {leaf}"]),
    "quantities": lambda leaf: manifest(
        [f"claims: [{{name: a, text: b, experiment: one, quantity: {leaf}, at_least: 1}}]"]),
}


def wrong_values(schema):
    """Values that an option of this schema cannot have: of another type, and beyond each of its bounds."""
    values = [{"un heard": 1}]
    if not any(part.get("type") == "array" for part in schema.get("anyOf", [schema])):
        values.append([1, 2])
    for part in schema.get("anyOf", [schema]):
        for bound, step in (("minimum", -1), ("maximum", 1)):
            others = [other for other in schema.get("anyOf", []) if "$ref" not in other]
            if bound in part and len(others) < 3:
                values.append(part[bound] + step)
        for bound in ("exclusiveMinimum", "exclusiveMaximum"):
            if bound in part:
                values.append(part[bound])
    return values
