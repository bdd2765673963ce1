"""System calls of nnrun through strace: their list, and one of them that fails or is never reached."""

import dataclasses
import re
import shutil
import subprocess

from stage import has_sanitizers

# All calls that change files, and those that read what has been written.
CALLS = ("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "truncate", "fallocate",
         "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "link",
         "symlink", "openat", "close", "flock", "read", "pread64", "newfstatat", "access", "getdents64")
READING = ("read", "pread64", "newfstatat", "access", "getdents64", "flock")
DESCRIPTOR_CALLS = ("read", "pread64", "write", "pwrite64", "writev", "getdents64")
OPTIONS = ("-f", "-qq", "-y", "-o", "trace")

LINE = re.compile(r"(\w+)\((.*)")
RETURNED = re.compile(r"= (\d+)<[^>]*>$")
DESCRIPTOR = re.compile(r"(\d+)<([^>]*)>")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
OCTAL = re.compile(r"(?:\\[0-7]{1,3})+")


@dataclasses.dataclass(frozen=True)
class Call:
    """The `number`-th call of a name, counted from 1, by the main thread."""

    name: str
    number: int
    path: str      # relative to the folder where it is inside of that, else absolute
    writes: bool   # whether it is to change something
    injected: bool = False


def plain_text(quoted):
    """A string as strace shows it, as it is: octal escapes are bytes."""
    return OCTAL.sub(lambda run: bytes(int(code, 8) for code in re.findall(r"\d+", run[0])).decode(
        errors="replace"), quoted)


def path_of(name, arguments):
    """The file that a call is about: of two names the second, else the descriptor's."""
    names = [] if name in DESCRIPTOR_CALLS else [plain_text(text) for text in QUOTED.findall(arguments)]
    opened = DESCRIPTOR.search(arguments)
    if not any(names):
        return plain_text(opened[2]) if opened else ""
    path = names[1] if name.startswith("rename") or name in ("link", "symlink") else names[0]
    if opened and arguments.startswith(opened[0]):  # relative to a folder that is open
        return f"{plain_text(opened[2])}/{path}"
    return path


class Log:
    """What strace wrote: the calls of the main thread, which makes all those that matter."""

    def __init__(self, lines, folder):
        self._folder = f"{folder.resolve()}/"
        self._counts = {}
        self._writable = set()  # descriptors
        threads = [line.split(None, 1) for line in lines]
        own = whole_lines(call for thread, call in threads if thread == threads[0][0])
        self.calls = [self._call(match[1], match[2]) for line in own
                      if (match := LINE.match(line)) and match[1] in CALLS]

    def injected(self):
        """The call that was made to fail, or nothing."""
        return next((call for call in self.calls if call.injected), None)

    def _call(self, name, rest):
        self._counts[name] = self._counts.get(name, 0) + 1
        path = path_of(name, rest).removeprefix(self._folder).rstrip("/")
        return Call(name, self._counts[name], path, self._writes(name, rest),
                    rest.endswith("(INJECTED)"))

    def _writes(self, name, rest):
        if name == "openat":
            writes = "O_WRONLY" in rest or "O_RDWR" in rest
            opened = RETURNED.search(rest)
            if writes and opened:
                self._writable.add(opened[1])
            return writes
        if name == "close":
            descriptor = rest.split("<", 1)[0]
            writes = descriptor in self._writable
            self._writable.discard(descriptor)
            return writes
        return name not in READING


def whole_lines(lines):
    """The lines of one thread, with each that was interrupted by another thread's put together."""
    begun = ""
    for line in lines:
        if line.endswith("<unfinished ...>"):
            begun = line.removesuffix("<unfinished ...>")
        elif line.startswith("<... "):
            yield begun + line.split(" resumed>", 1)[1]
        else:
            yield line


def missing_permission():
    """Why strace cannot be used here, or nothing."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True)
    return "" if tried.returncode == 0 else "strace may not trace here (ptrace is not permitted)"


def why_not_traced():
    """Why nnrun cannot run to its end under strace, or nothing."""
    if has_sanitizers():
        return "a build with sanitizers does not run under strace"
    return missing_permission()


def traced(stage, inject, arguments, fast=True):
    """Runs nnrun in a folder under strace; how it ended, and the log."""
    # A filter in the kernel is fast, but a signal cannot be sent from it.
    command = ["strace", *OPTIONS, *(["--seccomp-bpf"] if fast else []), "-e",
               "trace=" + ",".join(CALLS)]
    if inject:
        command += ["-e", f"inject={inject}"]
    done = stage.call(command + stage.command(*arguments))
    if "strace: " in done.stderr:
        raise RuntimeError(done.stderr)
    return done, read_log(stage)


def read_log(stage):
    return Log((stage.folder / "trace").read_text(errors="replace").splitlines(), stage.folder)
