/* SPDX-License-Identifier: MIT */
/*
 * staticcall.h: static calls for programs.
 *
 * A static call is a call through a function pointer that changes rarely.  The
 * pointer is marked, the GCC plugin compiles every call through it into a
 * direct call, and this library keeps those calls pointing at the pointer's
 * current target while other threads execute them.
 *
 *	static int add(int a) { return a + 1; }
 *	static int sub(int a) { return a - 1; }
 *
 *	DEFINE_STATIC_CALL(op, add);	// or: int (*op)(int) __static_call = add;
 *
 *	static_call(op)(1);		// or: op(1);
 *	static_call_update(op, sub);	// or: op = sub;
 *
 * Both spellings are one mechanism; a name defined by DEFINE_STATIC_CALL() is
 * an ordinary function pointer of that name.  Compiled without the plugin the
 * same source works as plain function pointers.
 *
 * Semantics
 *
 * - A call executes the target in force when the call instruction executes.
 *   While an update runs a call executes the old or the new target; after the
 *   update has returned, on any thread, the new one only.
 * - Where the pointer is NULL, a call that is written as C, `fp(x)`, faults as in
 *   C, patched or not.  static_call() and static_call_cond() do nothing then, as
 *   in the kernel; the value of such a call, if it has one, is indeterminate.  Use
 *   DEFINE_STATIC_CALL_RET0() where a value is needed.  A pointer to a function
 *   that does not return faults however it is called.
 * - A call that a test of the same pointer guards, `if (fp) fp(x);`, with nothing
 *   in between that may change it, does nothing where another thread stores NULL
 *   after the test.
 * - An update takes effect everywhere or nowhere: on failure no call site and
 *   not the pointer either has changed.
 * - A plain assignment to a marked pointer is an update that cannot report
 *   failure: where sites that were patched before cannot be patched any more,
 *   or after static_call_seal(), it prints the reason and ends the process,
 *   because going on would leave callers on a stale target.
 *
 * Thread-safety: every function here may be called from any thread, and from a
 * signal handler.  None of them unloads or keeps alive the DSO of a target:
 * a target must stay mapped as long as it is in force.
 */
#ifndef STATICCALL_H
#define STATICCALL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STATICCALL_VERSION_MAJOR	0
#define STATICCALL_VERSION_MINOR	1
#define STATICCALL_VERSION_PATCH	0

/*
 * __static_call: the marking attribute; nothing where the compiler does not
 * know it.  Goes after the declarator: `int (*fp)(int) __static_call;`.
 */
#ifdef __STATIC_CALL_PLUGIN__
# define __static_call		__attribute__((static_call))
#else
# define __static_call
#endif

/*
 * __static_call_convention: how functions of this library are called, and those that it
 * calls, whatever -mabi=, -mregparm=, -mrtd or -miamcu say of the unit's own.  With such an
 * option it goes on the definition of what the library is to call, in front of the type.
 */
#if defined(__x86_64__)
# define __static_call_convention	__attribute__((__sysv_abi__))
#elif defined(__i386__) && (defined(__iamcu__) || defined(__STATIC_CALL_REGPARM__))
# define __static_call_convention	__attribute__((__cdecl__, __regparm__(0)))
#elif defined(__i386__)
/* With regparm(0) it would be another type than without, though both are called alike. */
# define __static_call_convention	__attribute__((__cdecl__))
#else
# define __static_call_convention
#endif

/*
 * __static_call_return0: target that returns 0; `long`, to be cast.
 *
 * A site whose target this is holds an instruction that clears the return
 * register, and calls nothing.
 */
#ifdef __STATIC_CALL_PLUGIN__
long __static_call_return0(void);
#else
/* There may be no runtime to bring it. */
long __static_call_return0(void);
__attribute__((__weak__)) int64_t __static_call_return0_wide(void)
	__asm__("__static_call_return0");
__attribute__((__weak__)) int64_t __static_call_return0_wide(void) { return 0; }
#endif

/*
 * Below this line and up to the macros: what the macros and the plugin call.
 * The plugin recognizes these names; taking the address of a marked pointer
 * for one of them does not count as letting it escape.
 */
#ifdef __STATIC_CALL_PLUGIN__
/* Also where the PLT is not yet usable: in a function that resolves an IFUNC. */
# define __STATIC_CALL_MAYBE	__attribute__((__noplt__))
#else
/* Plain pointers, perhaps in a process that has no runtime at all. */
# define __STATIC_CALL_MAYBE	__attribute__((__weak__))
#endif

/*
 * The pointer's value, or a function that does nothing where it is NULL.  The plugin
 * makes it the pointer's value alone where a function is called that does not return.
 * Leaf, as it calls nothing: else GCC has it end its block where others may jump back into
 * the function, and the call that follows would not be seen to belong to it.
 */
void *__static_call_target(const volatile void *slot)
	__STATIC_CALL_MAYBE __static_call_convention __attribute__((__nothrow__, __leaf__));
int __static_call_update(volatile void *slot, void *func)
	__STATIC_CALL_MAYBE __static_call_convention __attribute__((__nothrow__));
void __static_call_store(volatile void *slot, void *func)
	__STATIC_CALL_MAYBE __static_call_convention __attribute__((__nothrow__));
void __static_call_stores(size_t n, ...)
	__STATIC_CALL_MAYBE __static_call_convention __attribute__((__nothrow__));
void __static_call_sync(const volatile void *addr, size_t size)
	__STATIC_CALL_MAYBE __static_call_convention __attribute__((__nothrow__));

/* The pointer's type without its qualifiers. */
#define __STATIC_CALL_TYPE(name)	__typeof__(&*(name))

/* Without the old casts that C++ may be told to warn of. */
#ifdef __cplusplus
# define __STATIC_CALL_CAST(type, value)	(reinterpret_cast<type>(value))
#else
# define __STATIC_CALL_CAST(type, value)	((type)(value))
#endif

/* What would be stored to @name by `name = func`, as void *; without a variable's name. */
#ifdef __cplusplus
# define __STATIC_CALL_VALUE(name, func)				\
	__STATIC_CALL_CAST(void *, static_cast<__STATIC_CALL_TYPE(name)>(func))
#else
# define __STATIC_CALL_VALUE(name, func)				\
	__STATIC_CALL_CAST(void *, ((__STATIC_CALL_TYPE(name)) { (func) }))
#endif

#if defined(__cplusplus) && __cplusplus >= 201103L
# define __STATIC_CALL_NULL	nullptr
#else
# define __STATIC_CALL_NULL	0
#endif

/*
 * The pointer's address.  Of a function, `&f` and `&*f` are of one type; C would take it
 * for an address as any other, where C++ makes no void * of it.
 */
#ifdef __cplusplus
# define __STATIC_CALL_SLOT(name)	(&(name))
#else
# define __STATIC_CALL_SLOT(name)					\
	(&(name) + 0 * sizeof(struct {					\
		char __static_call_needs_a_variable_and_not_a_function[	\
		__builtin_types_compatible_p(__typeof__(&(name)),	\
					     __STATIC_CALL_TYPE(name)) ? -1 : 1]; }))
#endif

/*
 * DECLARE_STATIC_CALL: declare a static call defined elsewhere.
 * DEFINE_STATIC_CALL: define one whose first target is @func.
 * DEFINE_STATIC_CALL_NULL: define one of @func's type with no target.
 * DEFINE_STATIC_CALL_RET0: define one of @func's type that returns 0.
 *
 * May stand after `static` or a visibility attribute.
 */
#define DECLARE_STATIC_CALL(name, func)					\
	extern __typeof__(func) *name __static_call
#define DEFINE_STATIC_CALL(name, func)					\
	__typeof__(func) *name __static_call = (func)
#define DEFINE_STATIC_CALL_NULL(name, func)				\
	__typeof__(func) *name __static_call = __STATIC_CALL_NULL
#define DEFINE_STATIC_CALL_RET0(name, func)				\
	__typeof__(func) *name __static_call =				\
		__extension__ __STATIC_CALL_CAST(__typeof__(func) *,	\
			__STATIC_CALL_CAST(void *, __static_call_return0))

/*
 * static_call: the function to call: `static_call(name)(args)`.
 *
 * The target is the one in force after the arguments have been evaluated; of an
 * array's element, where which one is known only at run time, the one before.
 *
 * static_call_cond: the same where the target may be NULL; then nothing is
 * called.  The arguments are evaluated all the same.  A call of what does not
 * return faults then, as in C.
 */
#ifdef __STATIC_CALL_PLUGIN__
# define static_call(name)						\
	(__extension__ __STATIC_CALL_CAST(__STATIC_CALL_TYPE(name),	\
		__static_call_target(__STATIC_CALL_SLOT(name))))
# define static_call_cond(name)	static_call(name)
#else
static __inline__ void __static_call_nop(void) { }
/*
 * Nobody may come back from what does not return: is @name a pointer to such?  GCC can tell
 * in C; in C++, whose templates do not know yet, it is taken not to be.
 */
# if defined(__cplusplus) || defined(__clang__)
#  define __STATIC_CALL_NORETURN(name)	0
# else
#  define __STATIC_CALL_NORETURN(name)					\
	__builtin_types_compatible_p(__STATIC_CALL_TYPE(name), __typeof__(({ \
		__STATIC_CALL_TYPE(name) __sc_p __attribute__((__noreturn__)); \
		__sc_p; })))
# endif
# define static_call(name)	(name)
# define static_call_cond(name)						\
	((name) ? (name) : __extension__ __STATIC_CALL_CAST(__STATIC_CALL_TYPE(name), \
		__STATIC_CALL_NORETURN(name) ? __STATIC_CALL_NULL	\
		: __STATIC_CALL_CAST(void *, __static_call_nop)))
#endif

/*
 * static_call_query: the current target of a static call; NULL if it has none.
 */
#define static_call_query(name)						\
	__atomic_load_n(&(name), __ATOMIC_RELAXED)

/*
 * static_call_update: make @func the target of @name.
 *
 * Returns 0 when every call made from now on, by any thread, calls @func; or
 * a negative errno, and then the old target stays in force everywhere:
 * -EPERM after static_call_seal(), -EACCES if the text cannot be written, -EBUSY
 * in a handler that has interrupted an update of its own thread, or if bytes of
 * somebody else's stand at a patched call, -ENOMEM.
 */
#ifdef __STATIC_CALL_PLUGIN__
# define static_call_update(name, func)					\
	(__extension__ __static_call_update(__STATIC_CALL_SLOT(name),	\
					    __STATIC_CALL_VALUE(name, func)))
#else
static __inline__ int __static_call_set(volatile void *slot, void *func)
{
	if (__static_call_update)
		return __static_call_update(slot, func);
	__atomic_store_n(__STATIC_CALL_CAST(void *volatile *, slot), func, __ATOMIC_SEQ_CST);
	return 0;
}
# define static_call_update(name, func)					\
	(__extension__ __static_call_set(__STATIC_CALL_SLOT(name),	\
					 __STATIC_CALL_VALUE(name, func)))
#endif

/*
 * Batches: several updates that take effect together and share their
 * core-synchronizing calls, at most three whatever the number of sites.
 *
 * static_call_batch_begin: a new, empty batch; NULL with errno ENOMEM.
 * static_call_batch_update: add an update; 0 or -ENOMEM.  Nothing changes
 *	yet.  The last update of a pointer in a batch counts.
 * static_call_batch_commit: carry all of them out, and free the batch also on
 *	failure.  Returns as static_call_update().
 * static_call_batch_abort: free the batch and change nothing.
 *
 * A batch belongs to one thread at a time.
 */
struct static_call_batch;
struct static_call_batch *static_call_batch_begin(void) __static_call_convention;
int __static_call_batch_update(struct static_call_batch *batch,
			       volatile void *slot, void *func) __static_call_convention;
int static_call_batch_commit(struct static_call_batch *batch) __static_call_convention;
void static_call_batch_abort(struct static_call_batch *batch) __static_call_convention;

#define static_call_batch_update(batch, name, func)			\
	(__extension__ __static_call_batch_update((batch),		\
		__STATIC_CALL_SLOT(name), __STATIC_CALL_VALUE(name, func)))

/*
 * static_call_seal: accept no update any more, for the rest of the process.
 *
 * Later updates fail with -EPERM; a plain store to a marked pointer ends the
 * process with a message.  DSOs loaded later are still patched, once, to the
 * targets in force.
 */
void static_call_seal(void) __static_call_convention;

/*
 * static_call_grace_period: let trampolines that were compiled with
 * -fplugin-arg-staticcall-tramp=two-slot use again what updates have put out of use.
 *
 * @wait: called unless nothing was put out of use; returns when every thread that makes
 *	static calls has, since it was called, been outside of all trampolines: as
 *	synchronize_rcu() of liburcu-qsbr does, if each of them is registered there.
 *	A thread that runs the handler of a signal may be inside of one.
 *
 * Returns as static_call_update().  Never needed: calls take a longer way without it.
 */
int static_call_grace_period(void (__static_call_convention *wait)(void))
	__static_call_convention;

/*
 * struct static_call_stats: what the runtime has done so far.
 * @size:     sizeof of this structure as the library knows it.
 * @dsos, @keys, @sites: registered now; a pointer has one or two keys in each unit that
 *            calls it, or with -flto in each DSO.
 * @patched:  sites that hold their target, or nothing for NULL, or return 0.
 * @tramp:    sites on their trampoline: escaped, out of range, unpatchable.
 * @escaped:  keys whose pointer escapes and that are never patched.
 * @updates, @batches: carried out.
 * @syncs:    core-synchronizing calls made.
 * @traps:    breakpoints of ours that were met and emulated.
 * @poke:     protocol in use for sites inside one word: "aligned8" or "aligned4",
 *            by the architecture, "int3", "none".
 * @writer:   "mprotect", "mem" or "none".
 */
struct static_call_stats {
	uint64_t size;
	uint64_t dsos, keys, sites;
	uint64_t patched, tramp, escaped;
	uint64_t updates, batches, syncs, traps;
	const char *poke, *writer;
};

/*
 * static_call_stats: fill @stats, whose size the caller gives.
 * Returns 0, or -EINVAL where @size is 0.
 */
int __static_call_stats(struct static_call_stats *stats, size_t size) __static_call_convention;
#define static_call_stats(stats) __static_call_stats((stats), sizeof(*(stats)))

enum static_call_site_state {
	STATIC_CALL_SITE_ON_TRAMP,	/* calls the trampoline */
	STATIC_CALL_SITE_DIRECT,	/* calls the target */
	STATIC_CALL_SITE_NOP,		/* target is NULL: calls nothing */
	STATIC_CALL_SITE_RET0		/* target is __static_call_return0 */
};

/*
 * struct static_call_site_info: one site as static_call_for_each_site() shows it.
 */
struct static_call_site_info {
	const char *name;		/* of the pointer, as in C */
	const void *slot;		/* the pointer's address */
	const void *addr;		/* of the opcode byte; x86 has prefixes before it */
	const void *target;		/* the pointer's value */
	enum static_call_site_state state;
	int tail;			/* a jump */
	int escaped;			/* never patched */
};

/*
 * static_call_for_each_site: call @fn for every registered site, until it
 * returns other than 0; returns that, or 0, or -ENOMEM.
 *
 * @fn sees a snapshot; it may call any function of this library.
 */
int static_call_for_each_site(
	int (__static_call_convention *fn)(const struct static_call_site_info *info, void *arg),
	void *arg) __static_call_convention;

#ifdef __cplusplus
}
#endif

#endif /* STATICCALL_H */
