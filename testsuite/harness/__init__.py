# SPDX-License-Identifier: GPL-2.0-or-later
"""The DejaGnu-style tests under pytest; see testsuite/README.md."""
