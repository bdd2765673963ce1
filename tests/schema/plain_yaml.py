"""YAML as editors read it: the core schema of YAML 1.2, which PyYAML, being of 1.1, has to be taught."""

import importlib.util
import os
import sys

PYTHON = "/usr/bin/python3"
EXIT_SKIPPED = 77


def need(*modules):
    """Goes on with Debian's Python where another one lacks a module; ends with status 77 where that does too."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if not missing:
        return
    if os.path.realpath(sys.executable) != os.path.realpath(PYTHON) and os.path.exists(PYTHON):
        os.execv(PYTHON, [PYTHON, *sys.argv])
    print("skipped: needs Debian's " + " ".join("python3-" + name for name in missing), file=sys.stderr)
    sys.exit(EXIT_SKIPPED)


def read(text):
    import re

    import yaml

    class Core(yaml.SafeLoader):
        yaml_implicit_resolvers = {}

    for tag, pattern, first in (
        ("null", r"~|null|Null|NULL|", "~nN"),
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
         "-+.0123456789"),
    ):
        Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"),
                                   [*first, ""] if tag == "null" else list(first))
    Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0)
                         if node.value[:2] in ("0x", "0o") else int(node.value))
    return yaml.load(text, Loader=Core)
