# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel of another architecture, in an emulated machine, for static programs of ours."""
