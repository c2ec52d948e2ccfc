# SPDX-License-Identifier: GPL-2.0-or-later
"""Leave out of a program what its failure does not need."""
import time


def reduce(program, fails, seconds):
    """The numbers of pieces without which `fails(dropped)` still holds.

    A piece that others need makes what is left fail to compile in both builds,
    which is no failure of ours; so nothing has to be known about them here.
    """
    dropped, end = frozenset(), time.monotonic() + seconds
    while True:
        before = dropped
        left = [number for number in program.numbers() if number not in dropped]
        size = max(len(left) // 2, 1)
        while size:
            at = 0
            while at < len(left):
                if time.monotonic() > end:
                    return dropped
                some = dropped | frozenset(left[at:at + size])
                if fails(some):
                    dropped = some
                    del left[at:at + size]
                else:
                    at += size
            size //= 2
        if dropped == before:
            return dropped
