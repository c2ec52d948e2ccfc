# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall(1) tells of every command and option that there is, and of no other."""
import re

COMMANDS = ("list", "verify", "show")


def options(text):
    return set(re.findall(r"--[a-z]+", text))


def test_options(tool, toolchain):
    page = (toolchain.include.parent.parent / "doc" / "staticcall.1").read_text()
    page = page.replace("\\-", "-")
    helps = {command: tool(command, "--help").stdout for command in COMMANDS}
    sections = dict(re.findall(r"^\.SS staticcall (\w+) [^\n]*\n(.*?)(?=^\.S[SH])", page, re.M | re.S))
    common = options(re.search(r"^\.SS All commands\n(.*?)^\.SH", page, re.M | re.S).group(1))
    assert set(sections) == set(COMMANDS)
    for command in COMMANDS:
        assert options(sections[command]) == options(helps[command].split("Exit status")[0]) - common
        assert f"  {command} " in tool("--help").stdout
