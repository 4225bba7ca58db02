"""Namespaces, limits and forbidden system calls of one learner, inside the sandbox that its template is in.

Linux only; what these calls do stands in the manual pages of unshare(2), mount(2), capset(2) and seccomp(2).
"""

import contextlib
import ctypes
import errno
import os
import platform
import struct
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

HOME = "/home/learner"

_NEW_MOUNTS, _NEW_CGROUP, _NEW_UTS, _NEW_IPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PID, _NEW_NET, _NEW_TIME = 0x10000000, 0x20000000, 0x40000000, 0x00000080
_NEW_ANY = _NEW_MOUNTS | _NEW_CGROUP | _NEW_UTS | _NEW_IPC | _NEW_USER | _NEW_PID | _NEW_NET
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_PROGRAMS, _REMOUNT = 1, 2, 4, 8, 32
_RECURSIVE, _PRIVATE = 1 << 14, 1 << 18
_SET_DUMPABLE, _SET_SECCOMP, _FILTER = 4, 22, 2
_CAPABILITIES_VERSION = 0x20080522


def become(user: int) -> None:
    """Give up root for good."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def unshare() -> None:
    """Leave every namespace that is shared with the template; the next fork is the first process of its own."""
    user, group = os.getuid(), os.getgid()
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)  # or this process's maps belong to root
    _call("unshare", _NEW_ANY)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def furnish(order: dict[str, Any]) -> None:
    """Give this process directories of its own, empty ones, and cover what it has no use for."""
    _write("/proc/self/oom_score_adj", "1000")
    _call("mount", b"none", b"/", None, _RECURSIVE | _PRIVATE, None)
    size = f"size={order['disk_bytes']},nr_inodes=8192,mode=0700"
    for place in (HOME, "/tmp", "/dev/shm"):
        _mount_empty(place, size, 0)
    _mount_empty("/proc", "size=4k,nr_inodes=2,mode=0555", _READ_ONLY)
    os.chdir(HOME)


def limit(order: dict[str, Any]) -> None:
    """Set the limits of this process and of whatever it starts."""
    if resource is None:
        return
    for name, value in order["rlimits"].items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
            with contextlib.suppress(ValueError):  # some systems know a limit and refuse to set it
                resource.setrlimit(kind, (bounded, bounded))


def give_up_powers() -> None:
    """Drop every capability, and forbid the system calls that no notebook needs."""
    header = struct.pack("Ii", _CAPABILITIES_VERSION, 0)
    _call("capset", ctypes.c_char_p(header), ctypes.c_char_p(bytes(24)))
    program = forbidding_program(platform.machine())
    if program:
        code = ctypes.create_string_buffer(program, len(program))
        count = len(program) // _INSTRUCTION.size
        filter_ = struct.pack("H6xP", count, ctypes.addressof(code))
        _call("prctl", _SET_SECCOMP, _FILTER, ctypes.c_char_p(filter_), 0, 0)


def _mount_empty(place: str, options: str, flags: int) -> None:
    flags |= _NO_SETUID | _NO_DEVICES
    _call("mount", b"tmpfs", place.encode(), b"tmpfs", flags, options.encode())


def _call(name: str, *args: Any) -> None:
    """Call a function of the C library; an error is an OSError that says which."""
    converted = [ctypes.c_ulong(arg) if isinstance(arg, int) else arg for arg in args]
    if getattr(_LIBC, name)(*converted) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


_LIBC = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None

# --- forbidden system calls -------------------------------------------------------------------------------------

# Numbers on x86-64 and on 64-bit ARM. Namespaces and mounts, other processes' memory, the kernel's own machinery,
# memory that no limit counts, and other cores than the one where this notebook is graded.
_FORBIDDEN = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "syslog": (103, 116),
    "fanotify_init": (300, 262),
    "personality": (135, 92),
    "sched_setaffinity": (203, 122),
}
_CLONE3 = (435, 435)
_CLONE = (56, 220)
_SOCKET = (41, 198)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_FAMILIES = (1, 2, 10)  # local, IPv4, IPv6: the empty network namespace holds these, and not every other family

_INSTRUCTION = struct.Struct("HBBI")
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_X32 = 0x40000000


def forbidding_program(machine: str) -> bytes:
    """Compile the filter for seccomp(2): a forbidden call fails with "operation not permitted".

    Hands back nothing on a machine whose numbers are not known here.
    """
    if machine not in _MACHINES:
        return b""
    column, architecture = _MACHINES[machine]
    forbid = (_RETURN, 0, 0, _FAIL | errno.EPERM)
    code = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, architecture),
        forbid,
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32),
        forbid,
    ]
    for numbers in _FORBIDDEN.values():
        code += [(_EQUAL, 0, 1, numbers[column]), forbid]
    # clone3 hides its flags in memory, where a filter cannot look: say that there is none, and clone is used instead
    code += [(_EQUAL, 0, 1, _CLONE3[column]), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    code += [
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_ANY_BIT, 0, 1, _NEW_ANY),
        forbid,
        (_RETURN, 0, 0, _ALLOW),
    ]
    code += [(_EQUAL, 0, 3 + len(_FAMILIES), _SOCKET[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT_AT)]
    code += [(_EQUAL, len(_FAMILIES) - position, 0, family) for position, family in enumerate(_FAMILIES)]
    code += [forbid, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(_INSTRUCTION.pack(*instruction) for instruction in code)
