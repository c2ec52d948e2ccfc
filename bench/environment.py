# SPDX-License-Identifier: GPL-2.0-or-later
"""What the figures depend on: processor, kernel, compilers, date."""

import datetime
import os
import platform
import re
import subprocess


def first_line(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout.splitlines()[0]


def processor():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as info:
        text = info.read()
    model = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    virtual = " (virtual machine)" if re.search(r"^flags.*\bhypervisor\b", text, re.M) else ""
    name = model.group(1) if model else platform.machine()
    return f"{len(os.sched_getaffinity(0))}-core {platform.machine()}{virtual}, {name}"


def describe(cc):
    return {
        "processor": processor(),
        "kernel": f"{platform.system()} {platform.release()}",
        "compiler": first_line(*cc.split(), "--version"),
        "XRay": first_line("clang", "--version"),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
    }
