"""What there is to do. Needs nothing installed."""

# hidden: units of the hidden layers and their activation. An epoch is forward, backward and update on
# the training samples, then loss and accuracy on the validation samples. rates: the learning rates of a
# grid of 4, the last of which is that of a single run.
WORKS = {
    "task1": {"hidden": [], "activation": None, "classes": 1, "batch": 0,
              "rates": [0.5, 2.0, 5.0, 1.0]},
    "task3": {"hidden": [64], "activation": "sigmoid", "classes": 10, "batch": 0,
              "rates": [0.3, 1.1, 2.0, 0.7]},
    "mini": {"hidden": [128], "activation": "relu", "classes": 10, "batch": 128,
             "rates": [0.05, 0.02, 0.2, 0.1]},
    "wide": {"hidden": [1024, 1024], "activation": "relu", "classes": 10, "batch": 256,
             "rates": [0.05, 0.02, 0.2, 0.1]},
    # configs/lenet.yaml: the layers are written in the rival, the optimizer is Adam.
    "lenet": {"hidden": None, "activation": "relu", "classes": 10, "batch": 128,
              "rates": [0.0005, 0.001, 0.004, 0.002]},
}
