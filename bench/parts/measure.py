"""Runs a program and prints what it cost as JSON: seconds of wall clock and of CPU (its children's too), peak memory in bytes."""

import json
import os
import sys
import time

log, cores, program, *args = sys.argv[1:]
# As on a machine that has no more; clients ask this for how many threads they begin.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
to_log = [
    (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
began = time.monotonic()
# Not fork: the peak memory of a forked child begins with this process's own.
pid = os.posix_spawn(program, [program, *args], os.environ, file_actions=to_log)
_, status, usage = os.wait4(pid, 0)
wall = time.monotonic() - began
unit = 1 if sys.platform == "darwin" else 1024
cost = {
    "code": os.waitstatus_to_exitcode(status),
    "wall": wall,
    "cpu": usage.ru_utime + usage.ru_stime,
    "memory": usage.ru_maxrss * unit,
}
print(json.dumps(cost))
