# SPDX-License-Identifier: GPL-2.0-or-later
"""What staticcall verify says of pointers that are never patched."""

ONE_ESCAPES = "note: 1 pointer escapes, and calls of it are never patched; staticcall list names it\n"
TWO_ESCAPE = "note: 2 pointers escape, and calls of them are never patched; staticcall list names them\n"
