# SPDX-License-Identifier: Apache-2.0
"""What a run did to the machine, as strace saw it."""

import re
import shutil
import subprocess

CALLS = ("network,execve,open,openat,openat2,creat,truncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,"
         "rmdir,link,linkat,symlink,symlinkat,chmod,fchmodat,chown,fchownat,utimensat,mknod,mknodat")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
ENDS_OF_CALLS = ("<... ", "<unfinished", "<detached", "+++")
CHANGING = re.compile(r"\A(creat|truncate|rename|unlink|mkdir|rmdir|link|symlink|ch|fch|utimensat|mknod)")


def works():
    trial = ["strace", "-f", "-o", "/dev/null", "true"]
    return shutil.which("strace") is not None and subprocess.run(trial, capture_output=True, check=False).returncode == 0


def strace(log):
    return ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-e", f"trace={CALLS}", "-o", log]


def paths(arguments, cwd):
    """Absolute paths among a call's arguments; `-y` tells where a folder's descriptor leads."""
    found, base = [], cwd
    for descriptor, text in re.findall(r'(?:AT_FDCWD|\d+)<([^>]*)>|"((?:[^"\\]|\\.)*)"', arguments):
        if descriptor:
            base = descriptor
        else:
            found.append(text if text.startswith("/") else f"{base}/{text}")
    return found


def deeds(log, cwd):
    """(network calls and programs started, paths written or changed) of the calls that succeeded."""
    outside, changed = [], []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+\s+(\w+)\((.*)\)\s+= (-?\d+)", line)
        if not call:
            if not any(mark in line for mark in ENDS_OF_CALLS):
                outside.append(line)
            continue
        name, arguments, result = call.groups()
        if name == "execve" or name in ("socket", "connect", "bind", "sendto", "sendmsg", "socketpair", "listen"):
            outside.append(line)
        elif int(result) >= 0 and (CHANGING.match(name) or (name.startswith("open") and WRITING.search(arguments))):
            changed += paths(arguments, cwd)
    return outside[1:], changed  # the first is the program itself
