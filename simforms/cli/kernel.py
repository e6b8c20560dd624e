"""What the kernel of Linux takes away from a process for good: files (Landlock), and calls of the system (seccomp).

No library brings both: the numbers are those of linux/landlock.h, linux/seccomp.h, linux/filter.h and asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_NO_NEW_PRIVILEGES = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From a version on, so many rights on files are known."""
_CONNECT = (4, 0b11)
"""The version that knows networks, and its rights: TCP bind and connect."""
_SCOPES = (6, 0b11)
"""The version that knows scopes, and them: abstract sockets, signals."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _asked(number: int, *arguments: object) -> int:
    """Return the answer of a call of the system. Raises OSError."""
    call = _libc().syscall
    call.restype = ctypes.c_long
    answer = int(call(ctypes.c_long(number), *arguments))
    if answer < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return answer


def landlock() -> int:
    """Return the version of Landlock that this kernel has; 0 without it."""
    if sys.platform != "linux":
        return 0
    try:
        return _asked(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    except OSError:
        return 0


def no_new_privileges() -> None:
    """Let this process gain nothing by starting another. The kernel asks for it before it takes a filter."""
    if sys.platform == "linux":
        _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def read_only(places: Iterable[Path]) -> bool:
    """Let this process read these files and folders, write nothing, and connect to nothing. Return whether the kernel can."""
    known = landlock()
    if not known:
        return False
    files = (1 << max(count for version, count in _FILE_RIGHTS if version <= known)) - 1
    network = _CONNECT[1] if known >= _CONNECT[0] else 0
    scopes = _SCOPES[1] if known >= _SCOPES[0] else 0
    attributes = struct.pack("QQQ", files, network, scopes)[: 8 * (1 + (known >= _CONNECT[0]) + (known >= _SCOPES[0]))]
    rules = _asked(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    try:
        for place in places:
            _open(rules, place)
        _asked(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))
    finally:
        os.close(rules)
    return True


def _open(rules: int, place: Path) -> None:
    try:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined,unused-ignore] # Linux has it
    except OSError:
        return  # it is not there
    try:
        rights = _READ_FILE | (_READ_FOLDER if place.is_dir() else 0)
        rule = struct.pack("=Qi", rights, opened)
        _asked(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
    finally:
        os.close(opened)


_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""The kernel's own name for a machine, and which of the two numbers below is its."""
_FREE = {
    # files that are open, and where files are
    "read": (0, 63), "readv": (19, 65), "pread64": (17, 67), "write": (1, 64), "writev": (20, 66), "close": (3, 57),
    "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None), "lstat": (6, None), "statx": (332, 291), "statfs": (137, 43),
    "fstatfs": (138, 44), "lseek": (8, 62), "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439),
    "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17), "getdents64": (217, 61), "dup": (32, 23),
    "poll": (7, None), "ppoll": (271, 73),
    # memory, signals that are its own, threads that wait
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "futex": (202, 98), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "set_robust_list": (273, 99),
    "rseq": (334, 293), "membarrier": (324, 283), "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
    # clocks, and what it is itself
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "gettimeofday": (96, 169),
    "time": (201, None), "times": (100, 153), "getrusage": (98, 165), "getpid": (39, 172), "gettid": (186, 178),
    "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getrandom": (318, 278), "uname": (63, 160), "sysinfo": (99, 179), "getrlimit": (97, 163),
}  # fmt: skip
"""The calls that stay open, with their numbers on both machines (asm/unistd_64.h, asm-generic/unistd.h)."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_THREAD = 0x00010000
"""CLONE_THREAD: without it, another process is made."""
_COMMANDS = {"fcntl": ((72, 25), (0, 1, 2, 3, 4, 1030)), "ioctl": ((16, 29), (0x5401, 0x5450, 0x5451))}
"""Calls whose second argument says what is done: copies and flags of a file; whether it is a terminal, flags."""
_OPENING = {"openat": ((257, 56), 2), "open": ((2, None), 1)}
"""Calls that open a file, and which of their arguments holds the way it is opened."""
_CLONE, _CLONE3 = (56, 220), (435, 435)

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_FILTER_MODE, _ALL_THREADS = 1, 1
_SECCOMP = (317, 277)


def no_calls() -> bool:
    """Let this process ask the system for what is listed above and for nothing else. Return whether the kernel can."""
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        return False
    program = _program(*machine)
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    filter_ = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    try:
        _asked(_SECCOMP[machine[1]], ctypes.c_uint(_FILTER_MODE), ctypes.c_uint(_ALL_THREADS), filter_)
    except OSError:
        return False
    return True


def _program(name: int, which: int) -> list[tuple[int, int, int, int]]:
    """Return the filter: it looks at the machine, then at the number of the call, then at an argument."""

    def when(number: int | None, *then: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
        return [] if number is None else [(_EQUAL, 0, len(then), number), *then]

    allow, refuse = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE | _EPERM)
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, name), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    for numbers in _FREE.values():
        lines += when(numbers[which], allow)
    for numbers, argument in _OPENING.values():
        lines += when(numbers[which], (_LOAD, 0, 0, _argument(argument)), (_ANY_BIT, 0, 1, _WRITING), refuse, allow)
    for numbers, commands in _COMMANDS.values():
        known = [line for command in commands for line in when(command, allow)]
        lines += when(numbers[which], (_LOAD, 0, 0, _argument(1)), *known, refuse)
    lines += when(_CLONE[which], (_LOAD, 0, 0, _argument(0)), (_ANY_BIT, 0, 1, _THREAD), allow, refuse)
    lines += when(_CLONE3[which], (_RETURN, 0, 0, _REFUSE | _ENOSYS))  # the library then asks for `clone`, which can be looked at
    return [*lines, refuse]


def _argument(number: int) -> int:
    """Return where the lower half of an argument is (seccomp_data)."""
    return 16 + 8 * number + (4 if sys.byteorder == "big" else 0)


def limits(pairs: Sequence[tuple[str, int]]) -> None:
    """Set limits of this process by their names in `resource`; a system that does not know one goes without."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    for name, most in pairs:
        if hasattr(resource, name):
            try:
                resource.setrlimit(getattr(resource, name), (most, most))
            except (ValueError, OSError):  # macOS refuses some
                continue
