"""The Python that Debian's PyTorch is installed for."""

import importlib.util
import os
import sys

PYTHON = "/usr/bin/python3"
PACKAGES = {"torch": "python3-torch", "numpy": "python3-numpy", "yaml": "python3-yaml",
            "sklearn": "python3-sklearn"}
EXIT_SKIPPED = 77


def need(*modules):
    """Goes on with Debian's Python where another one comes first in the path and lacks a module.

    Ends the program with status 77, and says which packages are missing, where that one lacks it too.
    """
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if not missing:
        return
    if os.path.realpath(sys.executable) != os.path.realpath(PYTHON) and os.path.exists(PYTHON):
        os.execv(PYTHON, [PYTHON, *sys.argv])
    packages = " ".join(PACKAGES[name] for name in missing)
    print(f"skipped: {sys.argv[0]} needs Debian's {packages}", file=sys.stderr)
    sys.exit(EXIT_SKIPPED)


def same_arithmetic_everywhere():
    """Keeps PyTorch and OpenBLAS from choosing kernels by the machine, and to one thread.

    To be called before they are imported; then the bytes are the same on every x86-64.
    """
    os.environ["ATEN_CPU_CAPABILITY"] = "default"
    os.environ["OPENBLAS_CORETYPE"] = "Nehalem"
    os.environ.pop("OPENBLAS_L2_SIZE", None)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
