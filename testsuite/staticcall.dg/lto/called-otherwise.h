/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifdef __x86_64__
# define OTHER_ABI __attribute__((ms_abi))
#else
# define OTHER_ABI
#endif

typedef void quit(int) __attribute__((noreturn));
typedef int OTHER_ABI abi(int, int);

extern void (*fp)(int) __static_call;
extern void (*gp)(int) __static_call;
extern int (*ap)(int, int) __static_call;
extern int (*bp)(int, int) __static_call;

void call_gp(int x, int leave);
int call_ap(int a, int b);
int call_bp(int a, int b);
