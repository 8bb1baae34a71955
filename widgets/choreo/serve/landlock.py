"""Landlock: a Linux process gives up rights of its own, for good and for its children, without being root.

The system calls and their structures are those of linux/landlock.h; the C library has no names for them.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all architectures but Alpha
ASK_FOR_VERSION = 1
PATH_BENEATH, NET_PORT = 1, 2
NO_NEW_PRIVS = 38  # for prctl: else only root may restrict itself

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REFER, TRUNCATE = 1 << 13, 1 << 14
READ = EXECUTE | READ_FILE | READ_DIR
FIRST = (1 << 13) - 1  # rights over files that the first version knows
DEVICES = (1 << 6) | (1 << 11)  # to make device files, which nobody needs
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE  # rights that mean something for what is no folder
BIND_AND_CONNECT, CONNECT = 3, 2  # TCP
SCOPES = 3  # no signals and no abstract sockets to processes outside
CAPABILITIES = 0x20080522  # the version of the structures
OVER_FILES = 0b1011  # chown, dac_override, fowner: all that root keeps; Landlock stands above them


class LandlockError(OSError):
    """The system refused; the message says what."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


class _Capabilities(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


class _NetPort(ctypes.Structure):
    _fields_ = (("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64))


def version() -> int:
    """The version of Landlock that this system has; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    try:
        return _call("asking", CREATE_RULESET, None, ctypes.c_size_t(0), ASK_FOR_VERSION)
    except LandlockError:
        return 0


def restrict(readable: Iterable[Path], writable: Iterable[Path], port: int | None) -> None:
    """From now on this thread and its children read beneath `readable` and write beneath `writable` only.

    They reach no process outside: no signal, no look into its memory or environment. Over TCP they connect to `port` of
    any machine and listen nowhere; None leaves TCP as it is. Older systems do what they can of it. Raise LandlockError.
    """
    known = version()
    files = FIRST | (REFER if known >= 2 else 0) | (TRUNCATE if known >= 3 else 0)
    ruleset = _ruleset(known, files, BIND_AND_CONNECT if port is not None else 0)
    try:
        for path in readable:
            _allow(ruleset, path, READ)
        for path in writable:
            _allow(ruleset, path, files)
        if port is not None and known >= 4:
            rule = _NetPort(CONNECT, port)
            _call(f"port {port}", ADD_RULE, ruleset, NET_PORT, ctypes.byref(rule), 0)
        _enter(ruleset)
    finally:
        os.close(ruleset)


def part() -> None:
    """Let this process be apart from all others, and keep its rights: none that is apart looks into it, nor it into them."""
    ruleset = _ruleset(version(), DEVICES, 0)
    try:
        _enter(ruleset)
    finally:
        os.close(ruleset)


def _ruleset(known: int, files: int, net: int) -> int:
    attributes = _Ruleset(files, net if known >= 4 else 0, SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8  # older systems know shorter structures only
    return _call("a ruleset", CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # gone, or not ours to reach
    try:
        rule = _PathBeneath(rights if path.is_dir() else rights & OF_FILES, opened)
        _call(str(path), ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _enter(ruleset: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise LandlockError(ctypes.get_errno(), f"prctl: {os.strerror(ctypes.get_errno())}")
    _call("entering", RESTRICT_SELF, ruleset, 0)


def give_up_capabilities() -> None:
    """Let root be no more than an owner of files: with "perfmon" it would read other processes' environment all the same.

    Raise LandlockError.
    """
    library = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(CAPABILITIES, 0), (_Capabilities * 2)()
    if library.capget(header, sets) == 0:
        kept = sets[0].permitted & OVER_FILES
        sets[0], sets[1] = _Capabilities(kept, kept, 0), _Capabilities()
        if library.capset(header, sets) == 0:
            return
    raise LandlockError(ctypes.get_errno(), f"capabilities: {os.strerror(ctypes.get_errno())}")


def _call(what: str, number: int, *arguments: object) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    answer = int(library.syscall(number, *arguments))
    if answer < 0:
        raise LandlockError(ctypes.get_errno(), f"Landlock, {what}: {os.strerror(ctypes.get_errno())}")
    return answer
