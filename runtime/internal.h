/* SPDX-License-Identifier: MIT */
/*
 * internal.h: what the files of libstaticcall share.
 *
 * An update goes
 *
 *	update.c, batch.c    which pointers get which targets
 *	plan.c               which keys must change for that
 *	commit.c             all of it or nothing
 *	look.c               is everything as we, or the file, have left it?
 *	bodies.c             which body a trampoline shall lead to
 *	spans.c, writer.c    make the text writable, all of it before any change
 *	poke.c               change the bytes, in up to three passes
 *	icache.c             have instruction fetches see each pass
 *	sync.c               and have every core see each pass
 *
 * down this list and never back.  Those that deal with each piece of text that is
 * written do it by the one walk of walk.h.  An update is under one lock, with signals blocked (lock.c).  What is needed for it has been
 * prepared at registration (registry.c), so that nothing here allocates.
 */
#ifndef STATICCALL_INTERNAL_H
#define STATICCALL_INTERNAL_H

#include <errno.h>
#include <limits.h>
#include <link.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

/* The library defines these functions: here they are not perhaps missing. */
#define __STATIC_CALL_PLUGIN__ 1

#pragma GCC visibility push(default)
#include "staticcall.h"
#include "staticcall/abi.h"

void __static_call_register(struct static_call_dso *desc);
void __static_call_unregister(struct static_call_dso *desc);
void __static_call_look(void);

/* By names that are the C library's alone, where it has such. */
extern char *__progname_full;
#ifdef __GLIBC__
unsigned long __getauxval(unsigned long type);
# define auxiliary	__getauxval
#else
unsigned long getauxval(unsigned long type);
# define auxiliary	getauxval
#endif
#pragma GCC visibility pop

#include "arch/arch.h"

#pragma GCC visibility push(hidden)

/* ---- the registry ------------------------------------------------------- */

/*
 * struct site: where it is from its DSO's base; its key's index; its instruction.
 * @left: the last update has left it alone, as it held somebody else's instruction.
 */
struct site {
	int32_t offset;
	uint32_t key : 28;
	uint32_t left : 1;
	uint32_t tail : 1;
	uint32_t kind : 2;	/* enum arch_kind */
};

#define SITES_MAX	(UINT32_C(1) << 28)

/*
 * struct rkey: a key in the registry.
 * @next:    the next key of the same pointer.
 * @todo:    the next key that the plan at hand changes.
 * @first, @count: its sites that may be patched, in struct dso.order.
 * @split:   how many of them do not lie in one aligned word.
 * @records: how many sites it has, with those that cannot be patched.
 * @patched: how many hold @form; the others were out of reach.
 * @left:    how many of its pieces the last update has left alone, see poke.c.
 * @slot_at: the patchable instruction of its trampoline, or 0.
 * @slot_left: it is one of them.
 * @form, @target:           what its sites are now.
 * @new_form, @new_target:   what the plan at hand makes of them.
 * @body, @new_body:         which body of its trampoline is in use; 0 if none.
 * @bodies:  it has bodies.
 * @used:    bodies that a thread may still be in, a bit each.
 * @retired: when one last came out of use.
 * @left_alone: it has no @slot, and its sites are never patched.
 * @exposed: its pointer can change unseen, as the key itself says.
 */
struct rkey {
	const struct static_call_key *key;
	uintptr_t tramp;
	struct slot *slot;
	struct dso *dso;
	struct rkey *next, *todo;
	uintptr_t target, new_target;
	uintptr_t slot_at;
	uint32_t first, count, split, records, patched, left;
	uint8_t form, new_form;
	uint8_t body : 2, new_body : 2, used : 2, bodies : 1, slot_left : 1;
	bool left_alone, exposed;
	uint32_t retired;
};

/* What marked pointers are aligned to at least. */
#define SLOT_ALIGN	4

/*
 * Why a pointer can change unseen.
 * ESCAPED: its address is known to somebody, for good.
 * FOREIGN: it lives in a DSO that has not registered, whose code may store to it.
 */
enum escaped { ESCAPED = 1, FOREIGN = 2 };

/*
 * struct slot: a marked pointer, shared by all DSOs that have keys for it.
 * @chain:   in the hash table.
 * @keys:    its keys.
 * @todo, @value, @planned: in a plan: the next pointer, its new target, whether.
 * @stored:  it holds the new target, and @value the old one.
 * @escaped: its value can change unseen, enum escaped, so no site of it is patched.
 */
struct slot {
	void **addr;
	struct slot *chain;
	struct rkey *keys;
	struct slot *todo;
	void *value;
	bool planned, stored;
	uint8_t escaped;
};

/*
 * struct segment: a segment of a DSO.
 * @prot:    its protection.
 * @lo, @hi: the part that the plan at hand changes; empty if @hi is 0.
 * @todo:    the next segment that the plan changes.
 */
struct segment {
	uintptr_t start, end;
	int prot;
	uintptr_t lo, hi;
	struct segment *todo;
};

/* Memory from @start on and below @end. */
struct area {
	uintptr_t start, end;
};

/* A piece of a DSO's image, mapped with these flags of a program header. */
struct extent {
	uintptr_t start, end;
	uint32_t flags;
};

#define OTHERS_MAX	8

/*
 * struct image: what is mapped of the DSO that @inside lies in, while it registers.
 * @load:    what its addresses are relative to.
 * @dynamic: its dynamic section, or NULL.
 * @headers: of its program, which are there as long as it is.
 * @others:  some of other DSOs', the last ones that were asked for.
 */
struct image {
	const void *inside;
	uintptr_t load;
	const void *dynamic;
	const ElfW(Phdr) *headers;
	unsigned int nheaders;
	struct extent others[OTHERS_MAX];
	unsigned int nothers;
};

/*
 * struct symbols: those that the dynamic linker knows of a DSO.
 * @table, @n:  at least all that it defines.
 * @load:       what their addresses are relative to.
 * @names:      of @names_size bytes, the last one of which is 0.
 */
struct symbols {
	const ElfW(Sym) *table;
	size_t n;
	uintptr_t load;
	const char *names;
	size_t names_size;
};

/* struct names: by their hashes. */
struct names {
	uint64_t *hashes;
	size_t n, capacity;
};

/* What may be done with a key. */
enum key_use { KEY_USED, KEY_LEFT_ALONE, KEY_DAMAGED };

/*
 * struct dso: a registered executable or shared library.
 * @purged: links what is about to be freed.
 * @program: the executable itself.
 * @departed: unregistered, and here for late breakpoints only; see purge().
 * @base:   site offsets count from here.
 * @headers, @load: of its file, until it is registered; and how many.
 * @sites:  all its sites, ascending; read by the SIGTRAP handler without a lock.
 * @order:  indexes into @sites, those of one key after one another, ascending.
 * @damaged: how many of its records have been left out.
 * @escapes: what it lets out; until it is registered.
 * @symbols: its dynamic ones; none if they are @unreadable.
 * @segments: everything that is mapped of it, the @npatchable first ones executable.
 */
struct dso {
	struct dso *next;
	struct static_call_dso *desc;
	const char *name;
	bool program, departed, unreadable;
	struct dso *purged;
	uintptr_t base;
	const ElfW(Phdr) *headers;
	unsigned int nheaders;
	uintptr_t load;
	uint32_t nsites, nkeys;
	struct site *sites;
	uint32_t *order;
	struct rkey *keys;
	size_t mapped;
	size_t damaged;
	struct area *escapes;
	size_t nescapes, escapes_size;
	struct symbols symbols;
	unsigned int nsegments, npatchable;
	struct segment segments[];
};

/* The target of a key whose sites hold parts of several: an update was not finished. */
#define TARGET_TORN	UINTPTR_MAX

extern struct dso *registry;

static inline uintptr_t self_relative(const int32_t *field)
{
	return (uintptr_t)field + (intptr_t)*field;
}

static inline uintptr_t site_addr(const struct dso *dso, const struct site *site)
{
	return dso->base + (intptr_t)site->offset;
}

static inline uintptr_t rkey_tramp(const struct rkey *key)
{
	return key->tramp;
}

/* The nth of its sites that may be patched, ascending. */
static inline uintptr_t rkey_site(const struct rkey *key, uint32_t n)
{
	const struct dso *dso = key->dso;

	return site_addr(dso, &dso->sites[dso->order[key->first + n]]);
}

__typeof__(__static_call_register) register_here;
void distrust(void);
void registry_settle(void);
void twins_find(void);

bool dso_find(struct dso *dso);
size_t dso_size(const struct dso *dso);
void dso_layout(struct dso *dso);
const struct segment *dso_segment(const struct dso *dso, uintptr_t addr, size_t size);
bool dso_executable(const struct dso *dso, uintptr_t addr, size_t size);
int dso_tables(struct dso *dso);
bool dso_contains(const struct dso *dso, const void *addr);

struct dl_phdr_info;

bool image_read(struct image *image, const void *inside);
void image_of(struct image *image, const struct dl_phdr_info *info);
struct extent image_find(const struct image *image, uintptr_t addr, size_t size,
			 unsigned int flags);
bool image_holds(const struct image *image, uintptr_t addr, size_t size, unsigned int flags);
uintptr_t image_variable(struct image *image, uintptr_t addr, size_t size);

void notes_each(const struct dl_phdr_info *info, uint32_t type,
		void (*visit)(const void *text, size_t size, void *arg), void *arg);

bool symbols_read(struct symbols *symbols, const struct image *image);
bool symbol_defined(const ElfW(Sym) *sym);
const char *symbol_name(const struct symbols *symbols, const ElfW(Sym) *sym);

bool key_sound(const struct image *image, uintptr_t addr);
enum key_use key_use(struct image *image, uintptr_t addr);
bool key_escape(struct image *image, const struct static_call_key *key, struct area *range);
int exports_find(struct dso *dso, const struct image *image);
void sort(void *base, size_t n, size_t size, bool (*below)(const void *a, const void *b));

struct slot *slot_find(const volatile void *addr);
struct slot *slot_get(void **addr);
int slots_reserve(size_t more);
void slot_put(struct slot *slot);
bool slots_perhaps(const volatile void *addr, size_t size);
void slots_in(const volatile void *addr, size_t size,
	      void (*fn)(struct slot *slot, void *arg), void *arg);
void slots_of(const struct dso *dso, void (*fn)(struct slot *slot, void *arg), void *arg);

struct plan;

int escapes_add(const struct area *range, size_t n, struct plan *plan);
void escapes_everything(struct plan *plan);
void escapes_unknown(void);
bool escapes_cover(const void *addr);
void escape(struct slot *slot, void *plan);
void escapes_drop(const struct dso *dso);

int unseen_find(struct names *found);
int unseen_add(struct names *found, struct plan *plan);
int unseen_enter(const struct dso *dso, struct plan *plan);
void names_free(struct names *names);

/* ---- updates ------------------------------------------------------------ */

/*
 * struct plan: pointers and keys to be changed together.
 * @slots:   pointers to be stored to.
 * @keys:    keys whose sites change.
 * @split:   some site of them does not lie in one aligned word.
 * @opcodes: some site of them changes in more than its distance.
 * @patched: some site of them is patched now, and would be stale if left alone.
 * @tramps:  some trampoline of them has an instruction that changes.
 * @reads:   some of these may come to read the pointer, that have not.
 */
struct plan {
	struct slot *slots, **slots_end;
	struct rkey *keys, **keys_end;
	bool split, opcodes, patched, tramps, reads;
};

/*
 * enum resolve: what a plan may go to for its success.
 * MAY:    only what has been chosen.
 * MUST:   also the writers that have not been; the caller cannot live with a
 *	   failure, though it can wait for -EBUSY to pass.
 * SHALL:  in the end breakpoints too, though a thread has SIGTRAP blocked.
 */
enum resolve { MAY, MUST, SHALL };

struct writer;

void plan_init(struct plan *plan);
void plan_slot(struct plan *plan, struct slot *slot, void *value);
void plan_key(struct plan *plan, struct rkey *key, void *value);
void plan_unpatch(struct plan *plan, struct rkey *key);
void plan_again(struct plan *plan, struct rkey *key);
int plan_commit(struct plan *plan, enum resolve resolve);
void plan_follow(bool again);
void plan_settle(void);

void touch_slot(volatile void *addr);
void cannot_store(const volatile void *addr, int err) __attribute__((noreturn));
int patiently(int (*attempt)(void *what, enum resolve resolve), void *what, enum resolve most);

void store_slots(const struct plan *plan);
int carry_out(const struct plan *plan, enum resolve resolve);
const struct plan *carry_out_rest(void);

/*
 * struct protocol: how pieces are changed.
 * @words: by one store, where what changes lies in one aligned word; else by breakpoints.
 * @wide:  also where the writer can make one store only of the whole word, what others
 *         may do to the rest of it just then included.
 * @stores: pointers are stored after the first pass.
 */
struct protocol {
	bool words, wide, stores;
};

/*
 * enum piece_kind: what an update writes of a key; see walk.h.
 * SITES: its calls and jumps.
 * SLOT:  the instruction of its trampoline that may be patched.
 * BODY:  the instructions that the slot is to lead to, before it does.
 */
enum piece_kind {
	SITES = 1,
	SLOT = 2,
	BODY = 4,
	PIECES = SITES | SLOT | BODY,
};

uintptr_t body_at(const struct rkey *key, unsigned int n);
void bodies_choose(const struct plan *plan);
void bodies_exchange(struct rkey *key);
uint32_t bodies_begin(void);
bool bodies_retired(const struct rkey *key, uint32_t when);
bool bodies_release(struct rkey *key);

struct segment *plan_spans(const struct plan *plan);
struct segment *all_spans(void);
int look(const struct plan *plan);
int poke_touch(const struct plan *plan, const struct writer *writer);
int poke_bodies(const struct plan *plan, const struct writer *writer);
int poke(const struct plan *plan, const struct writer *writer, struct protocol protocol);
void icache_flush(const struct plan *plan, unsigned int kinds);

/* ---- writing ------------------------------------------------------------ */

/*
 * struct mapping: a part of the address space that is mapped in one way.
 * @page:    it can be changed by so much; 0 if that is not known.
 * @open:    a writer may write there.
 * @changed: for that it has another protection now; or @copy has changes.
 * @copy:    what is to stand in its place.
 */
struct mapping {
	uintptr_t start, end, page;
	int prot;
	bool shared, open, changed;
	void *copy;
};

int file_open(int dir, const char *path, int flags);
bool file_close(int fd);
void files_apart(bool on);
void files_forked(void);
void mem_forked(void);

int maps_open(void);
int maps_each(int fd, uintptr_t lo, uintptr_t hi,
	      int (*visit)(const struct mapping *m, void *arg), void *arg);
int with_descriptor(int (*work)(void *arg), void *arg);
int apart_begin(void);
int apart(int (*work)(void *arg), void *arg);
bool apart_end(void);
void apart_forked(void);
bool apart_begun(void);
bool apart_is(pid_t thread);

int text_look(const struct segment *spans, bool own);
struct mapping *text_first(void);
struct mapping *text_next(struct mapping *m);
size_t text_count(void);
struct mapping *text_at(uintptr_t at);
/* Some of what was asked for is not mapped; what is said of it comes from the kernel. */
extern bool text_holes, text_known;

int mem_copy(void *to, const void *from, size_t len);
int gather(uintptr_t at, const void *bytes, size_t len);
arch_word_t gather_read(const arch_word_t *at);
int gather_flush(void);
void gather_forget(void);
void *pages_new(size_t size);
int pages_put(void *pages, uintptr_t at, size_t size, int prot);
int replace_pages(uintptr_t lo, uintptr_t hi, int prot);

/*
 * struct writer: a way to change text.
 * @open:  make @spans writable; 0, OPEN_IN_PARTS, or -errno and nothing has changed.
 *         @own: text that is mapped shared is replaced by a copy of the process's own.
 * @touch: after OPEN_IN_PARTS: prove that @len bytes at @at can be written.
 * @write: @len bytes at @at; NULL where a plain store does it.
 * @read:  the word as it is after the writes that are pending.
 * @flush: no write is pending after it.  Both are NULL if none ever is.
 * @close: undo @open().
 * @one_store: writing an aligned word is one store, by documentation.
 * @whole: all that has been written is there at once, with @flush().
 */
struct writer {
	const char *name;
	int (*open)(const struct segment *spans, bool own);
	int (*touch)(uintptr_t at, size_t len);
	int (*write)(uintptr_t at, const void *bytes, size_t len);
	arch_word_t (*read)(const arch_word_t *word);
	int (*flush)(void);
	void (*close)(const struct segment *spans);
	bool one_store, whole;
};

#define OPEN_IN_PARTS	1

extern const struct writer writer_mprotect, writer_mem, writer_replace;

bool writer_init(void);
bool writer_stale(void);
const struct writer *writer_nth(unsigned int n, bool must);
const struct writer *writer_whole(void);
const char *writer_name(void);
bool writer_words(const struct writer *writer);

bool sync_init(void);
bool sync_ready(void);
int sync_core(void);
bool sync_failed(void);

/* ---- breakpoints -------------------------------------------------------- */

bool alone(void);
bool unwatched(void);
bool trap_blocked(void);
int trap_ensure(void);
bool trap_ours(uintptr_t addr);
void trap_begin(void);
void trap_end(void);
/* What one copy of this library asks another one's handler, in place of a signal's number. */
enum { HANDLER_NEWEST = -1, HANDLER_EMULATE = -2 };

/*
 * struct level: what ours has been put in front of; see handlers.c.
 * @spent: it is for once (SA_RESETHAND), and has been called.
 */
struct level {
	struct sigaction action;
	uint32_t spent; /* not every processor exchanges a byte without libatomic */
};

#define LEVELS	16

extern struct level levels[LEVELS];
extern void (*const trap_entries[LEVELS])(int sig, siginfo_t *info, void *ucontext);

bool handler_is_one(const struct sigaction *action);
void level_action(const struct level *level, struct sigaction *action);
void level_pass_on(struct level *level, int sig, siginfo_t *info, void *ucontext);
int handlers_level(struct sigaction *found);
const struct sigaction *handlers_copy(unsigned int n);
void trap_remove(void);
bool trap_quiesce(void);
void trap_fork_child(void);

/* ---- the process -------------------------------------------------------- */

/*
 * sys: a system call, with up to six arguments that a register holds; an error as -errno.
 *
 * The kernel itself is asked: a program may well have a function, or a variable, of its own
 * that is called syscall, stat or clone, and a function of libc's that sets errno would set
 * that of another thread, where one has been made by clone(2) without a thread pointer of
 * its own.  What is taken from libc all the same is listed in testsuite/run/test_own_names.py.
 */
#define sys(...)	PADDED(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define PADDED(number, a, b, c, d, e, f, ...)						\
	arch_syscall(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

enum poke_choice { POKE_AUTO, POKE_WORDS, POKE_NONE, POKE_INT3 };
enum writer_choice { WRITER_AUTO, WRITER_MPROTECT, WRITER_MEM, WRITER_NONE };

/*
 * struct config: what the environment and the machine say; fixed by init().
 * @poke, @writer, @debug: as asked for.
 * @patching: sites may be patched at all.
 * @words:    sites inside one word may be changed by one store.
 * @traps:    breakpoints may be used.
 */
struct config {
	enum poke_choice poke;
	enum writer_choice writer;
	bool debug;
	bool patching, words, traps;
};

extern struct config config;
extern bool sealed;

void init(void);
extern bool started;
void early_end(void);
bool early(void);
bool early_store(volatile void *slot, void *func);
const char *poke_name(void);
void env_read(void);
void fork_init(void);
bool fork_noticed(void);
void fork_settle(void);
bool fork_interrupted(void);
bool fork_shares_memory(void);

/* A signal set as the kernel has it: libc's is larger, and an update may have little stack. */
struct signals {
	uint64_t set;
};

/* It consists of words: those of 32 bits are not in the order of a number's of 64. */
#define SIGNAL_WORDS	(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ && sizeof(long) == 4 ? 32 : 0)
#define SIGNAL_BIT(sig)	(UINT64_C(1) << (((sig) - 1) ^ SIGNAL_WORDS))

void lock(struct signals *saved);
void unlock(const struct signals *saved);
bool lock_nested(void);
void lock_behind(void);
bool lock_abandon(void);

/* What needs the lock says so in its comment, and here: compile with -DSTATICCALL_DEBUG_LOCK. */
#ifdef STATICCALL_DEBUG_LOCK
void lock_assert(const char *function);
# define assert_locked()	lock_assert(__func__)
#else
# define assert_locked()	((void)0)
#endif

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Only with STATICCALL_DEBUG=1; else it costs no stack, either. */
#define debug(...)	(config.debug ? say(__VA_ARGS__) : (void)0)

/* What an update needs and may not have. */
enum reason { REASON_SYNC, REASON_MPROTECT, REASON_MEM, REASON_APART, REASON_REPLACE,
	      REASON_FOREIGN, REASONS };

int because(enum reason reason, const char *what, int err, const char *needs);
const char *error_name(int err);
void reasons_forget(void);
bool reasons_any(void);
const char *reasons(void);

void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

bool is_proc(const char *path);
bool is_proc_open(int fd);
uint64_t device(int fd);
unsigned int links(const char *path);

void *map_pages(size_t size, int prot, int flags);
void *map_memory(size_t size);
void *map_grow(void *mem, size_t old_size, size_t new_size);
void unmap_memory(void *mem, size_t size);

/*
 * What the system calls futex and nanosleep take; in a process of 32 bits libc's
 * own may have a time_t of 64.
 */
struct sys_timespec {
	long tv_sec, tv_nsec;
};

extern uintptr_t page_size;

static inline uintptr_t page_down(uintptr_t x)
{
	return x & ~(page_size - 1);
}

static inline uintptr_t page_up(uintptr_t x)
{
	return page_down(x + page_size - 1);
}

/* What __static_call_stats() reports and nobody can count afterwards. */
struct counters {
	uint64_t updates, batches, syncs;
	unsigned long traps;	/* by handlers, atomically: no wider than a register */
};

extern struct counters counters;

#pragma GCC visibility pop

#endif /* STATICCALL_INTERNAL_H */
