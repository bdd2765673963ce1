"""What a disk holds when power is lost: a model of files and folders, fed with the system calls of a process.

Content is safe after fsync of the file, a name after fsync of its folder, and nothing else is (POSIX promises no more;
most file systems keep more). What is not safe may be there or not.
"""

import copy
import pathlib
import re

ESCAPED = re.compile(r"\\x([0-9a-f]{2})")
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
OPENED = re.compile(r"(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")


def decoded(text):
    return bytes(int(code, 16) for code in ESCAPED.findall(text))


class File:
    """Content, as it is and as it is safe."""

    def __init__(self):
        self.now = b""
        self.safe = b""


class Folder:
    """Names, as they are and as they are safe."""

    def __init__(self):
        self.now = {}
        self.safe = {}


def held(path):
    """A file or folder that is safe as it is."""
    node = Folder() if path.is_dir() else File()
    node.now = ({entry.name: held(entry) for entry in path.iterdir()} if path.is_dir()
                else path.read_bytes())
    node.safe = copy.copy(node.now)
    return node


class Disk:
    """The folder of results, with what is in it; calls on other paths do nothing."""

    def __init__(self, base, results):
        self._base = str(base.resolve())
        self._prefix = f"{self._base}/{results}"
        self._top = Folder()  # the folder that holds the results: there before
        self._places = {}     # of open files: descriptor → [node, offset, whether it appends]

    def hold(self, results):
        """What is in a folder of results is there, and safe."""
        self._top.now[pathlib.PurePath(self._prefix).name] = held(results)
        self._top.safe = copy.copy(self._top.now)

    def apply(self, line):
        """One line of strace -xx -y; a call that failed did nothing."""
        call = CALL.match(line)
        if not call or int(call[3]) < 0:
            return
        act = getattr(self, f"_{call[1]}", None)
        if act is not None:
            opened = OPENED.match(call[2])
            act(call[2], [decoded(text) for text in STRING.findall(call[2])],
                decoded(opened[1]).decode() if opened else "", int(call[3]))

    def states(self, choices):
        """What may be there now: only what is safe; all names with safe content; and draws in between."""
        yield self._tree(self._top, lambda _: False, lambda _: False)
        yield self._tree(self._top, lambda _: True, lambda _: False)
        yield self._tree(self._top, lambda _: False, lambda _: True)
        for chosen in choices:
            yield self._tree(self._top, lambda _, c=chosen: c.random() < 0.5,
                             lambda _, c=chosen: c.random() < 0.5)

    def _tree(self, folder, names_now, content_now, prefix=""):
        found = {}
        for name, node in (folder.now if names_now(folder) else folder.safe).items():
            if isinstance(node, Folder):
                found[f"{prefix}{name}/"] = b""
                found.update(self._tree(node, names_now, content_now, f"{prefix}{name}/"))
            else:
                found[prefix + name] = node.now if content_now(node) else node.safe
        return found

    # Paths.

    def _absolute(self, path, relative_to):
        path = path.decode()
        return path if path.startswith("/") else f"{relative_to or self._base}/{path}"

    def _find(self, path):
        """The folder of a path in the results and its last name, or nothing where it is elsewhere."""
        if path != self._prefix and not path.startswith(self._prefix + "/"):
            return None, ""
        parts = path[len(self._base) + 1:].split("/")
        folder = self._top
        for part in parts[:-1]:
            folder = folder.now[part]
        return folder, parts[-1]

    def _node(self, path):
        if path == self._base:
            return self._top
        folder, name = self._find(path)
        return folder.now.get(name) if folder else None

    # System calls: arguments, strings in them, the path of a descriptor at their begin, result.

    def _openat(self, arguments, strings, at, descriptor):
        path = self._absolute(strings[0], at)
        folder, name = self._find(path)
        if folder is None:
            self._places.pop(descriptor, None)
            return
        if "O_CREAT" in arguments and name not in folder.now:
            folder.now[name] = File()
        node = folder.now[name]
        if "O_TRUNC" in arguments:
            node.now = b""
        # The node itself: what is renamed or removed is written to all the same.
        self._places[descriptor] = [node, 0, "O_APPEND" in arguments]

    def _close(self, arguments, *_):
        self._places.pop(int(arguments.split("<")[0]), None)

    def _write(self, arguments, strings, _, count):
        place = self._places.get(int(arguments.split("<")[0]))
        if place is None:
            return
        node, offset, appends = place
        offset = len(node.now) if appends else offset
        node.now = node.now[:offset].ljust(offset, b"\0") + strings[0][:count] + node.now[offset + count:]
        place[1] = offset + count

    def _ftruncate(self, arguments, *_):
        place = self._places.get(int(arguments.split("<")[0]))
        if place is not None:
            size = int(arguments.rsplit(",", 1)[1])
            place[0].now = place[0].now[:size].ljust(size, b"\0")

    def _fsync(self, arguments, _, path, __):
        place = self._places.get(int(arguments.split("<")[0]))
        node = place[0] if place else self._node(path)
        if node is not None:
            node.safe = copy.copy(node.now)

    _fdatasync = _fsync

    def _mkdir(self, _, strings, __, ___):
        folder, name = self._find(self._absolute(strings[0], ""))
        if folder is not None:
            folder.now[name] = Folder()

    def _rename(self, _, strings, __, ___):
        source, name = self._find(self._absolute(strings[0], ""))
        target, new_name = self._find(self._absolute(strings[1], ""))
        if source is not None:
            target.now[new_name] = source.now.pop(name)

    def _unlink(self, _, strings, __, ___):
        folder, name = self._find(self._absolute(strings[0], ""))
        if folder is not None:
            folder.now.pop(name, None)

    _rmdir = _unlink

    def _unlinkat(self, _, strings, at, __):
        folder, name = self._find(self._absolute(strings[0], at))
        if folder is not None:
            folder.now.pop(name, None)
