# SPDX-License-Identifier: GPL-2.0-or-later
"""Live patches made by the kernel's own klp-build, which reads the table of static calls."""
import difflib
import os
import re

import trees

TIMEOUT = 3600
NAME = "livepatch-klp"
# Of the test's own folder in the tree: a file, what is there, and what is to be.  A call of
# a key of vmlinux can be in a live patch, one of a module's key cannot.
GOOD = ("builtin.c", "\treturn static_call(sctest_open)() - sctest_nothing;\n",
        '\tpr_info_once("sctest: live patched\\n");\n'
        "\treturn static_call(sctest_open)() - sctest_nothing;\n")
BAD = ("keys.c", "\treturn static_call(sctest_value)() - sctest_nothing - sctest_nothing;\n",
       "\treturn static_call(sctest_value)() + sctest_nothing;\n")
REFUSED = re.compile(r"error: .*unsupported static call key __SCK__sctest_\w+")


def patch(tree, target, change):
    name, old, new = change
    path = f"{trees.SCTEST}/{name}"
    before = (tree / path).read_text()
    if old not in before:
        raise trees.Failure(f"{path}: no {old!r}")
    target.write_text("".join(difflib.unified_diff(
        before.splitlines(True), before.replace(old, new).splitlines(True),
        f"a/{path}", f"b/{path}")))
    return target


def build(tree, folder, config, plugin):
    """A live patch of a kernel with that .config, in @folder; what was refused of another one.

    klp-build works in the tree itself, and twice: on the kernel as it is, then patched.
    """
    folder.mkdir(exist_ok=True)
    (tree / ".config").unlink(missing_ok=True)
    (tree / ".config").write_text(config)
    wrap = ["env", f"STATICCALL_PLUGIN={plugin}", trees.KERNEL / "kbuild-wrap"] if plugin else []
    env = dict(os.environ, PATH=f"/usr/lib/ccache:{os.environ['PATH']}")
    run = lambda *args: trees.run(*wrap, "scripts/livepatch/klp-build", "-T", "-j", trees.jobs, *args,
                                  cwd=tree, timeout=TIMEOUT, environment=env)
    target = folder / f"{NAME}.ko"
    run("-o", target, patch(tree, folder / "good.patch", GOOD))
    try:
        run("-S", "patched", "-o", folder / "bad.ko", patch(tree, folder / "bad.patch", BAD))
    except trees.Failure as err:
        return target, sorted(set(REFUSED.findall(str(err)))) or [str(err)]
    return target, []
