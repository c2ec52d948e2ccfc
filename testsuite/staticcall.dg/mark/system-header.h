/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma GCC system_header
typedef int fn_t(int);
extern fn_t *sys_glob, *sys_exact;
