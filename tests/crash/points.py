"""A fault at one place of one sweep: how it is brought about, and whether nnrun survives it."""

import dataclasses
import pathlib

import stage as stages
from stage import RESULTS, Hangs, Stage
from tracing import Call, read_log, traced

ERRORS = ("ENOSPC", "EIO", "EACCES")
FAULTS = ("kill", *ERRORS, "size")
SIZE_STEP = 7  # bytes

# Calls that matter when they fail: those that change what is to be kept.
MUST_FAIL = ("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "rename", "renameat",
             "renameat2")
REMOVING = ("unlink", "unlinkat", "rmdir", "getdents64")


@dataclasses.dataclass(frozen=True)
class Point:
    """`fault` at a call, or at a size of files in bytes."""

    scene: str
    fault: str
    call: Call = None
    size: int = 0

    def group(self):
        """The row of the table."""
        if self.fault == "size":
            return "files limited to N bytes"
        return "kill -9 at call N" if self.fault == "kill" else f"{self.fault} at call N"

    def __str__(self):
        if self.fault == "size":
            return f"{self.scene}: files limited to {self.size} bytes"
        return f"{self.scene}: {self.fault} at {self.call.name} {self.call.number} ({self.call.path})"


def matters(call):
    """The loader's calls and those on /proc, /sys and the like are left alone."""
    return call.path and not call.path.startswith(("/", "trace"))


def points_of(scene, faults):
    """Every point of a scene, in the order of its calls: of calls that only read, EIO says all."""
    points = [Point(scene.name, fault, call) for call in scene.calls if matters(call)
              for fault in faults if possible(fault, call)]
    if "size" in faults:
        points += [Point(scene.name, "size", size=size)
                   for size in range(0, scene.largest_file(), SIZE_STEP)]
    return points


def possible(fault, call):
    if call.name == "close" and call.path.endswith("lock"):
        return fault == "kill"  # strace leaves open what it does not let close: the lock would be held for ever
    return fault == "EIO" or (fault != "size" and call.writes)


class Scene:
    """A sweep of which nothing or some is done, the command that goes on, and what must come out."""

    @classmethod
    def all_of(cls, name, text, folder, kinds):
        stage = Stage(folder / "undisturbed", text)
        expected = stage.expected()
        before = {"new": lambda: None, "replaced": lambda: stage.results,
                  "begun": lambda: begun(text, folder / "interrupted"),
                  "half done": lambda: half_done(text, folder / "interrupted")}
        for kind in kinds:
            yield cls(f"{name}, {kind}", text, folder / kind, expected, before[kind](),
                      ("--fresh",) if kind == "replaced" else ())

    def __init__(self, name, text, folder, expected, before, arguments=()):
        self.name = name
        self._text = text
        self._expected = expected
        self._before = before        # results that are there when the command begins
        self._arguments = arguments
        self._stage = self._prepared(folder)
        done, log = traced(self._stage, None, arguments)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: undisturbed, it ends with {done.returncode}: {done.stderr}")
        self.calls = log.calls

    def largest_file(self):
        return max(map(len, self._expected.values()))

    def attempt(self, folder, point):
        """What went wrong; empty where nothing did, None where the point was not reached."""
        stage = self._prepared(folder)
        kept_before = {} if "--fresh" in self._arguments else stages.finished(stage.results)
        done, call = self._disturbed(stage, point)
        if call is None:
            return None
        problems = [problem_of_end(done, call, point, self._complete(stage)),
                    stages.trained_again(kept_before, stages.finished(stage.results))]
        kept = stages.finished(stage.results)
        again = stage.run()
        if again.returncode != 0:
            problems.append(f"the same command ends with {again.returncode}: {again.stderr.strip()}")
        else:
            problems.append(stages.difference(self._expected, stages.tree(stage.results)))
        problems.append(stages.trained_again(kept, stages.finished(stage.results)))
        return "; ".join(filter(None, problems))

    def _complete(self, stage):
        return not stages.difference(self._expected, stages.tree(stage.results))

    def _prepared(self, folder):
        stage = Stage(folder, self._text)
        stage.fill(self._before)
        return stage

    def _disturbed(self, stage, point):
        """How the command ended, and the call that was hit; None where none was."""
        if point.fault == "size":
            done = stage.call(["prlimit", f"--fsize={point.size}", *stage.command(*self._arguments)])
            return done, (Call("write", 0, "", True) if done.returncode != 0 else None)
        fault = "signal=KILL" if point.fault == "kill" else f"error={point.fault}"
        try:
            done, log = traced(stage, f"{point.call.name}:{fault}:when={point.call.number}",
                               self._arguments, fast=point.fault != "kill")
        except Hangs:
            hit = read_log(stage).injected()
            if hit is None or possible(point.fault, hit):
                raise
            return None, None  # tables were written at another time, and the calls were others
        if point.fault == "kill":
            return done, (log.calls[-1] if done.returncode < 0 else None)
        return done, log.injected()


def begun(text, folder):
    """Results of which no run is finished: killed in the middle of training."""
    results, finished = killed(text, folder, lambda begin, ends: (begin + ends[0]) // 2)
    if finished != 0:
        raise RuntimeError(f"{folder}: not just begun")
    return results


def half_done(text, folder):
    """Results of which one run is finished and another is not: killed between two run.json."""
    results, finished = killed(text, folder, lambda _, ends: (ends[0] + ends[-1]) // 2)
    if finished == 0:
        raise RuntimeError(f"{folder}: not half done")
    return results


def killed(text, folder, choose):
    """Results of a sweep that was killed at the first write from a chosen call on, and how many runs are finished. To
    choose from: the first call on the results, and those that put a run.json there."""
    stage = Stage(folder, text)
    stage.clear()
    _, log = traced(stage, None, ())
    begin = next(index for index, call in enumerate(log.calls) if call.path.startswith(RESULTS))
    ends = [index for index, call in enumerate(log.calls)
            if call.name.startswith("rename") and call.path.endswith("/run.json")]
    last = next(call for call in log.calls[choose(begin, ends):]
                if call.name == "write" and call.path.startswith(RESULTS))
    stage.clear()
    traced(stage, f"write:signal=KILL:when={last.number}", (), fast=False)
    return stage.results, len(stages.finished(stage.results))


def problem_of_end(done, call, point, complete):
    """What is wrong with how a command ended of which one call failed."""
    if point.fault == "kill":
        return ""
    told = done.stderr.strip()
    if done.returncode == 0:
        if not complete:
            return "exit status 0, but the results are not whole"
        return f"exit status 0 after a failed {call.name}" if must_be_told(call) else ""
    if done.returncode not in (1, 2):
        return f"exit status {done.returncode}, expected 1 or 2: {told}"
    if names(told, call.path, removing=call.name in REMOVING):
        return ""
    return f"the message does not name {call.path}: {told}"


def must_be_told(call):
    """Whether what failed was to be kept; the file of a lock holds nothing."""
    if not call.path.startswith(RESULTS) or call.path.endswith("lock"):
        return False
    return call.name in MUST_FAIL or (call.writes and call.name in ("openat", "close", "mkdir"))


def names(message, path, removing=False):
    """Whether it has the file's name: the one that it has while it grows, or the one that it is to have, perhaps in
    two parts ("results/sweep/run: …: weights/a.npy"). Of a file that is removed with its folder, the folder's will
    do. What is a pipe here is a standard stream."""
    if path.startswith("pipe:"):
        return "standard output" in message
    path = pathlib.PurePath(path)
    paths = [path, path.parent / path.name.removeprefix(".").removesuffix(".part")]
    if removing:
        paths.append(path.parent)
    return any(str(path) in message or in_two_parts(message, path.parts) for path in paths)


def in_two_parts(message, parts):
    """The results tree and its folder may go without saying."""
    return any("/".join(parts[1:at]) in message and "/".join(parts[at:]) in message
               for at in range(2, len(parts)))
