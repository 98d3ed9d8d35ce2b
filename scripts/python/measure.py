"""Runs a command to its end and says what it and every process it waited for have used.

Usage: measure.py COMMAND [ARGUMENT …]

The last line on standard error is JSON: exit code, seconds of wall and CPU time, and the peak of resident memory of the
largest single process. The command's own output goes where this script's goes.
"""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# getrusage(2): kilobytes on Linux, bytes on macOS.
peak = used.ru_maxrss if sys.platform == "darwin" else used.ru_maxrss * 1024
print(json.dumps({"code": code, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": peak}), file=sys.stderr)
