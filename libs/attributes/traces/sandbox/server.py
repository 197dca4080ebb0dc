"""
Runs programs one after the other, each in a process of its own that has no network, no file, no privilege and limits.

    python3 -s -S -B server.py ROOT [--without-isolation]

ROOT is an empty folder. The first line on stdout says which isolation is in force. Then each line on stdin is a request
(see runner.py) and each is answered by one line on stdout. Ends with its stdin.

The server moves into namespaces of its own and into an empty, read-only root. For each program it forks a supervisor, which
takes a new process namespace, forks the program, reads what it reports and kills it. Neither ever sees a recorded state.
"""

import ctypes
import json
import os
import resource
import select
import signal
import sys
import time

import runner

MOUNT, UTS, IPC, USER, PID, NETWORK = (0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
RECURSIVE, PRIVATE = 0x4000, 0x40000
READ_ONLY, NO_SETUID, NO_DEVICES, NO_EXEC = 1, 2, 4, 8
NO_NEW_PRIVILEGES, DEATH_SIGNAL = 38, 1
CAPABILITIES_V3 = 0x20080522
NOBODY = 65534

"""Seconds of processor time and of wall-clock time, and bytes of memory, for one program."""
CPU_SECONDS, WALL_SECONDS, MEMORY = 2, 10, 384 * 1024 * 1024
"""Bytes that a program reports at most. The runner ends it sooner; this holds where code has taken the runner over."""
MOST_REPORTED = 16 * 1024 * 1024

libc = ctypes.CDLL(None, use_errno=True)


def must(name, *args):
    if getattr(libc, name)(*args) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")


def isolate(root):
    """Namespaces without a network or a file. Root needs no user namespace: it gives its privileges up in `confine`."""
    uid, gid = os.getuid(), os.getgid()
    must("unshare", MOUNT | NETWORK | IPC | UTS | (USER if uid != 0 else 0))
    if uid != 0:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    must("mount", b"none", b"/", None, RECURSIVE | PRIVATE, None)
    flags = READ_ONLY | NO_SETUID | NO_DEVICES | NO_EXEC
    must("mount", b"tmpfs", root.encode(), b"tmpfs", flags, b"size=4k,nr_inodes=2,mode=555")
    os.chroot(root)
    os.chdir("/")
    own = ["network", "mount", "process", "ipc", "host name"]
    return own + (["user"] if uid != 0 else ["uid of nobody"])


def confine(pipe, nothing, is_isolated):
    """Leaves the process of a program nothing but its memory, for a while, and the pipe that it reports on."""
    os.setsid()
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.dup2(pipe, runner.REPORT)
    os.closerange(runner.REPORT + 1, 256)
    if not is_isolated:
        os.chdir(sys.argv[1])
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    limits = {
        "CPU": CPU_SECONDS,
        "AS": MEMORY,
        "FSIZE": 0,
        "CORE": 0,
        "NOFILE": runner.REPORT + 1,
        "NPROC": 1,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
    }
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0)
    must("capset", header, (ctypes.c_uint32 * 6)())
    must("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    must("prctl", DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def supervise(request, nothing, is_isolated):
    """Runs one program and says how it ended and what it reported."""
    if is_isolated:
        must("unshare", PID | IPC)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            confine(writing, nothing, is_isolated)
            runner.run(request)
        finally:
            os._exit(70)
    os.close(writing)
    reported, how = read_until(reading, time.monotonic() + WALL_SECONDS)
    os.kill(child, signal.SIGKILL)
    _pid, status, usage = os.wait4(child, 0)
    if how == "closed" and os.WIFSIGNALED(status):
        how = f"signal {os.WTERMSIG(status)}"
    seconds = usage.ru_utime + usage.ru_stime
    if how == f"signal {int(signal.SIGKILL)}" and seconds >= CPU_SECONDS / 2:
        how = "timed_out"
    return {"how": how, "seconds": seconds, "reported": reported.decode("utf-8", "replace")}


def read_until(fd, deadline):
    parts, length = [], 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            return b"".join(parts), "timed_out"
        part = os.read(fd, 65536)
        if not part:
            return b"".join(parts), "closed"
        parts.append(part)
        length += len(part)
        if length > MOST_REPORTED:
            return b"", "over_bytes"


def answer(line, nothing, is_isolated):
    """Answers one request, from a process of its own, since a process has one process namespace for its children."""
    supervisor = os.fork()
    if supervisor == 0:
        code = 70
        try:
            say(supervise(json.loads(line), nothing, is_isolated))
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(supervisor, 0)[1] != 0:
        say({"how": "supervisor failed", "seconds": 0, "reported": ""})


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    os.environ.clear()
    runner.prepare()
    nothing = os.open(os.devnull, os.O_RDWR)
    own, why = [], None
    if sys.platform != "linux":
        say({"python": "", "isolation": [], "why": "the limits and namespaces of the sandbox are those of Linux"})
        return
    if "--without-isolation" in sys.argv:
        why = "isolation was switched off"
    else:
        try:
            own = isolate(sys.argv[1])
        except OSError as error:
            why = str(error)
    say({"python": sys.version.split()[0], "isolation": own, "why": why})
    if why is not None and "--without-isolation" not in sys.argv:
        return
    for line in sys.stdin:
        answer(line, nothing, bool(own))


main()
