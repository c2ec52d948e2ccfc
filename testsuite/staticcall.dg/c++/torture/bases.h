/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Classes that have several members of one name. */
typedef int fn(int);

struct base { fn *f; };
struct hiding : base { fn *f; };
template <class T> struct side { T pad; fn *g; };
struct both : side<long>, side<short> { int n; };
struct deep : hiding { struct { fn *f; } in; int (*only)(int); };

extern hiding h;
extern both b;
extern deep d;

int call_bases(int x);
