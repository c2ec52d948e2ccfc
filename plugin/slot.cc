/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * slot.cc: which marked pointer an expression denotes.
 *
 * A slot is identified by its variable and the offset in it, so that members of
 * a union and differently written expressions for one pointer share a key.
 */
#define INCLUDE_MAP
#define INCLUDE_STRING
#define INCLUDE_VECTOR
#include <map>
#include <string>
#include <vector>
#include "staticcall-plugin.h"
#include "staticcall/abi.h"

/* By assembler name of the variable, and offset. */
typedef std::pair<std::string, HOST_WIDE_INT> slot_id;
static std::map<slot_id, struct sc_slot *> slots;
static std::map<unsigned, struct sc_key *> by_tramp;

/* Root of all trees that the plugin keeps. */
static GTY(()) tree kept;

static const struct ggc_root_tab roots[] = {
	{ &kept, 1, sizeof(kept), &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node },
	LAST_GGC_ROOT_TAB
};

void sc_keep(tree t)
{
	static bool registered;

	if (!registered)
		register_callback("staticcall", PLUGIN_REGISTER_GGC_ROOTS, NULL,
				  (void *)roots);
	registered = true;
	kept = tree_cons(NULL_TREE, t, kept);
}

const char *sc_symbol(tree decl)
{
	const char *name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl));

	return name + (*name == '*');
}

const char *sc_asm_name(tree decl)
{
	const char *name = sc_symbol(decl);

	if (*name != '$')
		return name;

	/* An operand that begins so would be a constant of that name: i386.h has the same. */
	char *operand = concat("(", name, ")", NULL);

	name = IDENTIFIER_POINTER(get_identifier(operand));
	free(operand);
	return name;
}

const char *sc_weakref_target(tree var)
{
	varpool_node *node = varpool_node::get(var);

	return node && node->weakref && node->alias_target
	       && TREE_CODE(node->alias_target) == IDENTIFIER_NODE
	       ? IDENTIFIER_POINTER(node->alias_target) : NULL;
}

bool sc_symbol_plain_p(const char *symbol)
{
	for (; *symbol; symbol++)
		if (!ISALNUM(*symbol) && !strchr("_.$", *symbol) && !(*symbol & 0x80))
			return false;
	return true;
}

const char *sc_full_name(tree decl)
{
	static const char unnamed[] = "{anonymous}::";
	static std::string name;
	size_t at;

	name = lang_hooks.decl_printable_name(decl, 1);
	while ((at = name.find(unnamed)) != std::string::npos)
		name.erase(at, strlen(unnamed));
	return name.c_str();
}

/* Not to methods: those are in pointers to members alone, which hold more than that. */
static bool function_pointer_p(tree type)
{
	return TREE_CODE(type) == POINTER_TYPE
	       && TREE_CODE(TREE_TYPE(type)) == FUNCTION_TYPE;
}

unsigned sc_slot_count(tree type, unsigned *align)
{
	unsigned n = 0;

	if (function_pointer_p(type))
		return 1;
	if (TREE_CODE(type) == ARRAY_TYPE)
		return sc_slot_count(TREE_TYPE(type), align);
	if (!RECORD_OR_UNION_TYPE_P(type))
		return 0;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL || DECL_BIT_FIELD_TYPE(f)
		    || TREE_TYPE(f) == error_mark_node)
			continue;

		unsigned inner = *align, found = sc_slot_count(TREE_TYPE(f), &inner);

		if (!found)
			continue;
		/* What the offset in the record leaves of its alignment. */
		if (tree_fits_uhwi_p(bit_position(f))) {
			unsigned HOST_WIDE_INT pos = tree_to_uhwi(bit_position(f));

			if (pos)
				inner = MIN(inner, (unsigned)MIN(pos & -pos, 4096u));
		}
		*align = MIN(*align, inner);
		n += found;
	}
	return n;
}

/* Has @type, in itself or what is written as a part of it, a member of this name, but in @but? */
static bool has_member_p(tree type, const std::string &name, tree but)
{
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL || f == but)
			continue;
		if (DECL_NAME(f) ? name == IDENTIFIER_POINTER(DECL_NAME(f))
				 : has_member_p(TREE_TYPE(f), name, NULL_TREE))
			return true;
	}
	return false;
}

/* Of a base, which may be a type without a name that stands for the class. */
static const char *class_name(tree type)
{
	if (!TYPE_NAME(type) && TYPE_CONTEXT(type) && TYPE_P(TYPE_CONTEXT(type)))
		type = TYPE_CONTEXT(type);
	return TYPE_IDENTIFIER(type) ? IDENTIFIER_POINTER(TYPE_IDENTIFIER(type)) : "";
}

/*
 * What C++ writes before the name of @member of @field of @type, a base, if @type has
 * another one of that name: of itself, or by another base.  Else nothing.
 */
static std::string qualifier(tree type, tree field, const std::string &member)
{
	size_t start = member.find('.'), end, scope;

	if (DECL_NAME(field) || start == std::string::npos)
		return "";
	end = member.find_first_of(".[", start + 1);
	scope = member.rfind("::", end);
	if (scope != std::string::npos)
		start = scope + 1;
	if (!has_member_p(type, member.substr(start + 1, end - start - 1), field))
		return "";
	return std::string(class_name(TREE_TYPE(field))) + "::";
}

/* What @member of @field of @type is called in @type. */
static std::string member_name(tree type, tree field, const std::string &member)
{
	std::string name = member;

	if (DECL_NAME(field))
		return std::string(".") + IDENTIFIER_POINTER(DECL_NAME(field)) + member;
	return name.empty() ? name : name.insert(1, qualifier(type, field, member));
}

/*
 * The pointer to a function at @offset bytes in an object of @type, or NULL.
 * What leads there goes to @name as C writes it, and to @symbol.
 */
static tree pointer_at(tree type, HOST_WIDE_INT offset, std::string &name,
		       std::string &symbol)
{
	if (function_pointer_p(type))
		return offset ? NULL_TREE : type;

	if (TREE_CODE(type) == ARRAY_TYPE) {
		tree elt = TREE_TYPE(type);

		if (!COMPLETE_TYPE_P(elt) || !tree_fits_uhwi_p(TYPE_SIZE_UNIT(elt)))
			return NULL_TREE;

		HOST_WIDE_INT size = tree_to_uhwi(TYPE_SIZE_UNIT(elt));
		char index[32];

		if (!size)
			return NULL_TREE;
		snprintf(index, sizeof(index), HOST_WIDE_INT_PRINT_DEC, offset / size);
		name += std::string("[") + index + "]";
		symbol += std::string(".at") + index;
		return pointer_at(elt, offset % size, name, symbol);
	}

	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL || DECL_BIT_FIELD_TYPE(f)
		    || !tree_fits_shwi_p(byte_position(f))
		    || !DECL_SIZE_UNIT(f) || !tree_fits_uhwi_p(DECL_SIZE_UNIT(f)))
			continue;

		HOST_WIDE_INT pos = tree_to_shwi(byte_position(f));
		HOST_WIDE_INT size = tree_to_uhwi(DECL_SIZE_UNIT(f));

		if (offset < pos || offset >= pos + size)
			continue;

		std::string n, s;
		tree t = pointer_at(TREE_TYPE(f), offset - pos, n, s);

		if (t) {
			if (DECL_NAME(f))
				symbol += std::string(".") + IDENTIFIER_POINTER(DECL_NAME(f));
			/* A number is no member's name, and two classes may have one. */
			else if (!qualifier(type, f, n).empty())
				symbol += "." + std::to_string(pos);
			symbol += s;
			name += member_name(type, f, n);
			return t;
		}
	}
	return NULL_TREE;
}

bool sc_named_space_p(tree t)
{
	return !ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(strip_array_types(TREE_TYPE(t))));
}

static struct sc_slot *new_slot(tree var, HOST_WIDE_INT offset)
{
	std::string member, symbol = sc_symbol(var);
	tree type;

	if (!DECL_NAME(var) || TREE_READONLY(var) || offset < 0
	    || DECL_HARD_REGISTER(var) || sc_named_space_p(var))
		return NULL;
	type = pointer_at(TREE_TYPE(var), offset, member, symbol);
	if (!type || flag_tm)
		return NULL;

	bool all = sc_mark_var_p(var);
	enum sc_marked how = sc_options_mark_member(var, member.c_str());

	if (!how && (!all || sc_mark_taken_back_p(var, member.c_str())))
		return NULL;

	struct sc_slot *slot = XCNEW(struct sc_slot);

	slot->var = var;
	slot->offset = offset;
	slot->type = type;
	slot->glob = (!all || sc_mark_by_glob_p(var)) && how != SC_BY_NAME;
	slot->name = concat(sc_full_name(var), member.c_str(), NULL);
	slot->keys[false] = { slot, xstrdup(symbol.c_str()), vNULL, false, 0 };
	slot->keys[true] = { slot, concat(symbol.c_str(), STATIC_CALL_COND_SUFFIX, NULL),
			     vNULL, false, 0 };
	sc_keep(var);
	TREE_USED(var) = 1;
	DECL_PRESERVE_P(var) = 1;
	return slot;
}

tree sc_slot_base(tree ref)
{
	tree base = get_base_address(ref);

	/* Through a pointer that was found to be constant; in a named address space that is the
	 * address of something else. */
	if (base && TREE_CODE(base) == MEM_REF && !sc_named_space_p(base)
	    && TREE_CODE(TREE_OPERAND(base, 0)) == ADDR_EXPR)
		base = get_base_address(TREE_OPERAND(TREE_OPERAND(base, 0), 0));
	/* "#pragma omp threadprivate" comes after the declaration. */
	if (!base || !VAR_P(base) || !is_global_var(base) || DECL_THREAD_LOCAL_P(base))
		return NULL_TREE;
	return base;
}

/*
 * Add what the pointers to functions in @type are called in it.  False where of how many
 * nobody knows, or they are too many to ask.
 */
static bool add_members(tree type, std::vector<std::string> &names)
{
	enum { MOST_ELEMENTS = 1024 };

	if (function_pointer_p(type)) {
		names.push_back("");
		return true;
	}
	if (TREE_CODE(type) == ARRAY_TYPE) {
		tree last = TYPE_DOMAIN(type) ? TYPE_MAX_VALUE(TYPE_DOMAIN(type)) : NULL_TREE;
		std::vector<std::string> inner;

		if (!last || !tree_fits_shwi_p(last) || tree_to_shwi(last) >= MOST_ELEMENTS
		    || !add_members(TREE_TYPE(type), inner))
			return false;
		for (HOST_WIDE_INT i = 0; i <= tree_to_shwi(last); i++)
			for (const std::string &name : inner)
				names.push_back("[" + std::to_string(i) + "]" + name);
		return true;
	}
	if (!RECORD_OR_UNION_TYPE_P(type))
		return true;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		std::vector<std::string> inner;

		if (TREE_CODE(f) != FIELD_DECL || DECL_BIT_FIELD_TYPE(f))
			continue;
		if (!add_members(TREE_TYPE(f), inner))
			return false;
		for (std::string &name : inner)
			names.push_back(member_name(type, f, name));
	}
	return true;
}

/* The best mark that any pointer to a function in @var has by itself. */
static enum sc_marked best_mark(tree var)
{
	enum sc_marked best = SC_UNMARKED;
	std::vector<std::string> names;

	if (!add_members(TREE_TYPE(var), names))
		return sc_options_mark_any_member(var);
	for (const std::string &name : names)
		best = MAX(best, sc_options_mark_member(var, name.c_str()));
	return best;
}

enum sc_marked sc_slot_members_marked(tree var)
{
	static std::map<unsigned, enum sc_marked> known;

	if (!COMPLETE_TYPE_P(TREE_TYPE(var)) || !RECORD_OR_UNION_TYPE_P(TREE_TYPE(var))
	    || !sc_options_mark_any_member(var))
		return SC_UNMARKED;

	auto it = known.find(DECL_UID(var));

	if (it == known.end())
		it = known.insert(std::make_pair(DECL_UID(var), best_mark(var))).first;
	return it->second;
}

/* A member marked by name makes its variable interesting too. */
static bool holds_marked_p(tree var)
{
	/* Any call may be part of a transaction, which has its own ways to call and to store. */
	if (flag_tm || sc_named_space_p(var))
		return false;
	return sc_mark_var_p(var) || sc_slot_members_marked(var);
}

tree sc_slot_var_of(tree ref)
{
	tree var = sc_slot_base(ref);

	if (!var || TREE_READONLY(var) || !holds_marked_p(var)
	    || sc_weakref_target(var) || !sc_symbol_plain_p(sc_symbol(var)))
		return NULL_TREE;
	/* Before anybody asks for its name. */
	sc_lto_publish(var);
	return var;
}

struct sc_slot *sc_slot_of(tree ref)
{
	poly_int64 where;
	HOST_WIDE_INT offset;

	if (!sc_slot_base(ref))
		return NULL;

	tree var = get_addr_base_and_unit_offset(ref, &where);

	if (!var || !VAR_P(var) || !is_global_var(var)
	    || sc_weakref_target(var) || !sc_symbol_plain_p(sc_symbol(var))
	    || !where.is_constant(&offset))
		return NULL;

	slot_id id(sc_symbol(var), offset);
	auto it = slots.find(id);

	if (it == slots.end())
		it = slots.insert(std::make_pair(id, new_slot(var, offset))).first;
	return it->second;
}

const char *sc_slot_name_of(tree ref)
{
	static std::string name;
	std::string member, symbol;
	poly_int64 where;
	HOST_WIDE_INT offset;
	tree var = get_addr_base_and_unit_offset(ref, &where);

	name = sc_full_name(sc_slot_base(ref));
	if (var && VAR_P(var) && where.is_constant(&offset) && offset >= 0
	    && pointer_at(TREE_TYPE(var), offset, member, symbol))
		name += member;
	return name.c_str();
}

void sc_slot_for_each_member(tree var, void (*fn)(tree var, const char *member))
{
	std::vector<std::string> names;

	if (!COMPLETE_TYPE_P(TREE_TYPE(var)) || !RECORD_OR_UNION_TYPE_P(TREE_TYPE(var))
	    || !add_members(TREE_TYPE(var), names))
		return;
	for (const std::string &name : names)
		fn(var, name.c_str());
}

const char *sc_why_no_slot(tree ref)
{
	std::string member, symbol;
	poly_int64 where;
	HOST_WIDE_INT offset;
	tree var = get_addr_base_and_unit_offset(ref, &where);

	if (!var || !VAR_P(var) || !where.is_constant(&offset))
		return "which element it is, is not known at compile time";
	if (offset < 0 || !pointer_at(TREE_TYPE(var), offset, member, symbol))
		return "it is not declared as a pointer to a function";
	return "this member is not marked";
}

/* At link time of a trampoline its name alone is known, and its emission done. */
static struct sc_key *key_by_name(tree decl)
{
	const size_t prefix = strlen(STATIC_CALL_TRAMP_PREFIX);
	const char *name = sc_symbol(decl);

	if (!sc_lto_link() || strncmp(name, STATIC_CALL_TRAMP_PREFIX, prefix))
		return NULL;

	struct sc_key *key = XCNEW(struct sc_key);

	key->symbol = xstrdup(name + prefix);
	key->used = true;
	return key;
}

struct sc_key *sc_key_of_tramp(tree decl)
{
	auto it = by_tramp.find(DECL_UID(decl));

	if (it == by_tramp.end())
		it = by_tramp.insert(std::make_pair(DECL_UID(decl),
						    key_by_name(decl))).first;
	return it->second;
}

const char *sc_slot_symbol(const struct sc_slot *slot, bool cond)
{
	return slot->keys[cond].symbol;
}

bool sc_reached_directly_p(tree var)
{
	return (!flag_pic && sc_direct_extern_access(var)) || targetm.binds_local_p(var);
}

void sc_key_use(struct sc_key *key)
{
	if (!key->used)
		key->slot->local = sc_reached_directly_p(key->slot->var);
	key->used = true;
}

bool sc_key_cond_p(const struct sc_key *key)
{
	if (key->slot)
		return key == &key->slot->keys[true];

	const size_t len = strlen(key->symbol), suffix = strlen(STATIC_CALL_COND_SUFFIX);

	return len > suffix && !strcmp(key->symbol + len - suffix, STATIC_CALL_COND_SUFFIX);
}

tree sc_slot_fntype(tree fntype)
{
	return build_qualified_type(fntype, TYPE_QUALS(fntype) & ~TYPE_QUAL_CONST);
}

static tree declare_tramp(struct sc_key *key, tree fntype, bool pure)
{
	char *symbol = concat(STATIC_CALL_TRAMP_PREFIX, key->symbol, NULL);
	tree decl = build_decl(DECL_SOURCE_LOCATION(key->slot->var), FUNCTION_DECL,
			       get_identifier(symbol), fntype);

	SET_DECL_ASSEMBLER_NAME(decl, get_identifier(symbol));
	free(symbol);
	TREE_PUBLIC(decl) = 1;
	TREE_USED(decl) = 1;
	DECL_EXTERNAL(decl) = 1;
	DECL_ARTIFICIAL(decl) = 1;
	DECL_IGNORED_P(decl) = 1;
	/* Hidden: a call by way of the PLT or the GOT would be no site. */
	DECL_VISIBILITY(decl) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(decl) = 1;
	set_call_expr_flags(decl, flags_from_decl_or_type(fntype) | (pure ? ECF_PURE : 0));

	key->tramps.safe_push(decl);
	sc_keep(decl);
	by_tramp[DECL_UID(decl)] = key;
	return decl;
}

tree sc_key_tramp(struct sc_key *key, tree fntype)
{
	/* The link-time optimizer has one declaration of a name, for all units. */
	bool pure = TYPE_READONLY(fntype) && !flag_lto;
	tree decl;
	unsigned i;

	fntype = sc_slot_fntype(fntype);
	FOR_EACH_VEC_ELT(key->tramps, i, decl)
		if (TREE_TYPE(decl) == fntype && DECL_PURE_P(decl) == pure)
			return decl;
	return declare_tramp(key, fntype, pure);
}

void sc_slot_for_each(void (*fn)(struct sc_slot *slot))
{
	for (auto &it : slots)
		if (it.second)
			fn(it.second);
}
