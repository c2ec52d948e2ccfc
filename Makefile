# SPDX-License-Identifier: GPL-2.0-or-later
#
#: staticcall: static calls for C programs, by a GCC plugin and a runtime
#:
#: make                  build everything: plugin, libraries, tool
#: make plugin           build the plugin alone, which is what kernels need
#: make demo             build and run a program that patches itself
#: make check            build for the default GCC and for GCC 11, run all tests
#: make check-long       the torture tests, at length (first of COMPILERS)
#: make check-projects   build and compare real programs, fetched from Debian
#: make check-fuzz       compare random programs with and without the plugin:
#:                       COUNT=1000 new ones, or those of SEEDS=FIRST-LAST
#: make check-torture    GCC's own torture tests, each pointer in them marked:
#:                       LEVELS="-O0 -O1 -O2 -O3 -Os", EVERY=1 (test, or Nth)
#: make check-arch ARCH=arm64
#:                       build for another architecture, run its tests emulated
#: make check-arches     the same for each that there is, then a table
#: make check-gcc-matrix build with each GCC from 11 to 16, fetched from Debian,
#:                       and run the plugin's tests, then a table; GCCS="13 16"
#: make check-kernel     build Linux kernels with the plugin, compare and boot them:
#:                       half an hour, and 5 GB, for each version
#: make bench            measure, and print ratios
#: make install          install below DESTDIR and PREFIX
#: make uninstall        remove what install has put there, nothing else
#: make clean            remove the build folder
#: make help             this text
#:
#: CC=gcc-11             the GCC to build for; the plugin fits that one only
#: CROSS_COMPILE=PREFIX- build for PREFIX-gcc
#: CFLAGS= LDFLAGS=      flags of your own
#: COMPILERS=            those that check tests, first the one for every test
#: BUILD=build           where everything is built
#: KERNELS="6.1 6.12 7.3" those of check-kernel
#: KERNEL_ARCHES=        likewise: x86 x86-tree x86-large x86-debian arm64 powerpc
#:                       powerpc-objtool riscv riscv-relax s390; klp series
#: V=1                   print whole commands
#: PREFIX=/usr/local     LIBDIR, INCLUDEDIR, BINDIR, MANDIR follow it
#: DESTDIR=              a root to install below, for packagers
#:
#: Files go to BUILD/<triplet>-<gcc version>/; what is built for the default
#: compiler is linked to from BUILD itself.

MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

BUILD := build

folders := BUILD DESTDIR PREFIX LIBDIR INCLUDEDIR BINDIR MANDIR
given := $(foreach v,$(folders),$(if $(filter command,$(origin $v)),$v))
$(foreach v,CURDIR MAKEFILE_LIST $(given),$(if $(word 2,$($v)),\
	$(error $v is `$(strip $($v))', and neither make nor specs files take a name with a blank in it: choose another folder)))

# Everything runs in the folder of this file: the same files have the same names
# then, from wherever make was started, and nothing is built twice.
home := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
ifneq ($(home),$(CURDIR))
goals := $(or $(MAKECMDGOALS),all)

.PHONY: $(goals) at-home
$(goals): at-home
	@:
at-home:
	@$(MAKE) --no-print-directory -C $(home) BUILD=$(abspath $(BUILD)) \
		$(foreach v,$(filter-out BUILD,$(given)),$v=$(abspath $($v))) $(goals)
else

top := .
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
PYTHON := /usr/bin/python3

# ---- compilers -------------------------------------------------------------

ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
# Those that the compiler itself would use, where it is named without a prefix.
prog-of = $(or $(shell $(CC) -print-prog-name=$1 2>/dev/null),$1)
ifeq ($(origin AR),default)
AR := $(if $(CROSS_COMPILE),$(CROSS_COMPILE)ar,$(call prog-of,ar))
endif
OBJCOPY ?= $(if $(CROSS_COMPILE),$(CROSS_COMPILE)objcopy,$(call prog-of,objcopy))
CFLAGS ?= -O2 -g

# gcc-11 -> g++-11, also behind a folder or a wrapper such as ccache
cxx-of = $(foreach w,$1,$(if $(findstring /,$w),$(dir $w))$(subst gcc,g++,$(notdir $w)))
build-id = $(shell { $1 -dumpmachine && $1 -dumpversion; } 2>/dev/null)

id := $(call build-id,$(CC))
default-id := $(call build-id,gcc)
triplet := $(firstword $(id))
gccver := $(lastword $(id))
OUT := $(BUILD)/$(triplet)-$(gccver)
here := $(abspath $(OUT))
comma := ,

# The plugin and the tool run here, also when they serve a cross compiler.
cross := $(filter-out $(triplet),$(firstword $(default-id)))
HOSTCC ?= $(if $(cross),gcc,$(CC))
HOSTCXX ?= $(call cxx-of,$(HOSTCC))

# ---- sources ---------------------------------------------------------------

cpu := $(firstword $(subst -, ,$(triplet)))
# The back end as GCC's config/ calls it, the architecture as Linux does.
backend := $(strip $(if $(filter x86_64 i%86,$(cpu)),x86,\
	$(if $(filter powerpc%,$(cpu)),rs6000,\
	$(if $(filter riscv%,$(cpu)),riscv,\
	$(if $(filter arm%,$(cpu)),arm,$(subst s390x,s390,$(cpu)))))))
arch := $(subst aarch64,arm64,$(subst rs6000,powerpc,$(backend)))

plugin-src := $(wildcard $(top)/plugin/*.cc $(top)/plugin/target/$(backend).cc)
runtime-src := $(wildcard $(top)/runtime/*.c $(top)/runtime/arch/$(arch).c \
	$(top)/runtime/arch/$(arch)-*.c)
tools-src := $(wildcard $(top)/tools/*.c $(top)/tools/arch/*.c)

obj-of = $(patsubst $(top)/%,$(OUT)/obj/%.o,$(basename $1))
plugin-obj := $(call obj-of,$(plugin-src))
runtime-obj := $(call obj-of,$(runtime-src))
tools-obj := $(call obj-of,$(tools-src))

# What every executable and shared library with sites must have of its own.
glue-obj := $(filter %/runtime/dso.o %/runtime/pieces.o,$(runtime-obj))
shared-obj := $(filter-out $(glue-obj),$(runtime-obj))
# What a static program may replace: see runtime/arch/arch.h.
syscall-obj := $(filter %/runtime/syscall.o,$(shared-obj))
own-obj := $(filter-out $(syscall-obj),$(shared-obj))

# ---- flags -----------------------------------------------------------------

plugin-dir := $(shell $(CC) -print-file-name=plugin 2>/dev/null)
warnings := -Wall -Wextra
includes := -I$(top)/runtime/include

plugin-cmd := $(HOSTCXX) $(CPPFLAGS) $(CFLAGS) -std=gnu++17 $(warnings) -fno-rtti -fno-exceptions -fPIC \
	$(includes) -I$(top)/plugin -isystem $(plugin-dir)/include
# Not -fPIC for powerpc: lld misreads the calls that "ld -r" makes of its calls.
runtime-pic := $(if $(filter powerpc,$(cpu)),-fpic,-fPIC)
runtime-cmd := $(CC) $(CPPFLAGS) $(CFLAGS) -std=gnu11 $(warnings) $(runtime-pic) -pthread \
	$(includes) -I$(top)/runtime
tools-cmd := $(HOSTCC) $(CPPFLAGS) $(CFLAGS) -std=gnu11 $(warnings) $(includes) \
	-I$(top)/tools

plugin-link := $(HOSTCXX) $(CFLAGS) $(LDFLAGS) -shared
# nodelete: the SIGTRAP and fork handlers stay; now: no lazy binding in a handler
runtime-link := $(CC) $(CFLAGS) $(LDFLAGS) -shared -pthread -Wl,-soname,libstaticcall.so.0 \
	-Wl,--version-script,$(top)/ld-scripts/libstaticcall.map \
	-Wl,--no-undefined -Wl,-z,nodelete -Wl,-z,now -Wl,-z,relro
tools-link := $(HOSTCC) $(CFLAGS) $(LDFLAGS)
tools-libs := -lelf -ldw

# ---- output ----------------------------------------------------------------

ifeq ($(filter-out 0,$(V)),)
Q := @
say = @printf '  %-7s %s\n' $1 '$(patsubst $(BUILD)/%,%,$(or $2,$@))'
endif

# ---- all -------------------------------------------------------------------

libraries := libstaticcall.so libstaticcall.so.0 libstaticcall_nonshared.a libstaticcall.a libstaticcall_static.a \
	libstaticcall.ld
products := $(if $(plugin-src),staticcall.so) $(if $(runtime-src),$(libraries)) \
	$(if $(tools-src),staticcall) staticcall.ld staticcall.specs

.PHONY: all plugin compiler demo check check-long check-projects check-arch check-arches check-kernel bench
.PHONY: check-fuzz check-torture check-gcc-matrix
.PHONY: packages install uninstall clean help FORCE

all: $(addprefix $(OUT)/,$(products))

plugin: $(OUT)/staticcall.so

ifeq ($(id),$(default-id))
all: $(addprefix $(BUILD)/,$(products))
plugin: $(BUILD)/staticcall.so

$(addprefix $(BUILD)/,$(products)): $(BUILD)/%: FORCE | $(OUT)/%
	@[ "$$(readlink $@)" = $(notdir $(OUT))/$* ] || ln -sfn $(notdir $(OUT))/$* $@
endif

# Everything waits for this: it says what is wrong before anything is built.
compiler:
	@sh $(top)/mk/compiler.sh '$(CC)' '$(plugin-dir)' '$(HOSTCXX)' \
		'$(if $(filter-out plugin,$(or $(MAKECMDGOALS),all)),$(HOSTCC) $(CPPFLAGS))'

# One file a command, rewritten only when the command changes, the compiler is
# another one, or a source comes or goes: what depends on it is then made anew.
gcc-full := $(shell $(CC) -dumpfullversion 2>/dev/null)
flags-of = $($1-cmd) $($1-link) $($1-src) $(gcc-full)

$(OUT)/obj/%.flags: FORCE | compiler
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(call flags-of,$*))' | cmp -s - $@ || \
		printf '%s\n' '$(subst ','\'',$(call flags-of,$*))' > $@

$(OUT)/obj/plugin/%.o: $(top)/plugin/%.cc $(OUT)/obj/plugin.flags
	$(call say,CXX)
	@mkdir -p $(@D)
	$(Q)$(plugin-cmd) -MMD -MP -c -o $@ $<

$(OUT)/obj/runtime/%.o: $(top)/runtime/%.c $(OUT)/obj/runtime.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(runtime-cmd) -MMD -MP -c -o $@ $<

$(OUT)/obj/tools/%.o: $(top)/tools/%.c $(OUT)/obj/tools.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(tools-cmd) -MMD -MP -c -o $@ $<

# Products appear whole, under those who compile with them at the same time.

$(OUT)/staticcall.so: $(plugin-obj) $(OUT)/obj/plugin.flags
	$(call say,LD)
	$(Q)$(plugin-link) -o $@.new $(plugin-obj) && mv $@.new $@

# One object, in which names that are not for programs are not theirs to clash
# with: a program may well have a function called debug().  Nor are the functions that
# the compiler shares in groups (get_pc_thunk of i386), once their names are local.
$(OUT)/obj/libstaticcall.o: $(own-obj) $(OUT)/obj/runtime.flags
	$(call say,LD)
	$(Q)$(CC) -nostdlib -r -Wl,--force-group-allocation -o $@ $(own-obj) && $(OBJCOPY) --localize-hidden $@

$(OUT)/libstaticcall_static.a: $(OUT)/obj/libstaticcall.o $(syscall-obj) $(glue-obj)
	$(call say,AR)
	$(Q)rm -f $@.new && $(AR) rcs $@.new $^ && mv $@.new $@

$(OUT)/libstaticcall_nonshared.a: $(glue-obj) $(OUT)/obj/runtime.flags
	$(call say,AR)
	$(Q)rm -f $@.new && $(AR) rcs $@.new $(glue-obj) && mv $@.new $@

$(OUT)/libstaticcall.so.0: $(shared-obj) $(top)/ld-scripts/libstaticcall.map $(OUT)/obj/runtime.flags
	$(call say,LD)
	$(Q)$(runtime-link) -o $@.new $(shared-obj) && mv $@.new $@

# What -lstaticcall finds is a script, which names these and the bounds of tables.
$(OUT)/libstaticcall.so: files := libstaticcall.so.0 libstaticcall_nonshared.a
$(OUT)/libstaticcall.a: files := libstaticcall_static.a
$(OUT)/libstaticcall.a: | $(OUT)/libstaticcall_static.a
$(OUT)/libstaticcall.so $(OUT)/libstaticcall.a: | $(OUT)/libstaticcall.ld
$(OUT)/libstaticcall.so $(OUT)/libstaticcall.a: $(top)/ld-scripts/libstaticcall.in | compiler
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)sed 's|@FILES@|$(files)|' $< > $@.new && mv $@.new $@

# The bounds alone, with the licence.
$(OUT)/libstaticcall.ld: $(top)/ld-scripts/staticcall.ld | compiler
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)sed -n -e 1p -e '/^PROVIDE/,/;$$/p' $< > $@.new && mv $@.new $@

$(OUT)/staticcall: $(tools-obj) $(OUT)/obj/tools.flags
	$(call say,LD)
	$(Q)$(tools-link) -o $@.new $(tools-obj) $(tools-libs) && mv $@.new $@

$(OUT)/staticcall.ld: $(top)/ld-scripts/staticcall.ld | compiler
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)cp $< $@

$(OUT)/staticcall.specs: $(top)/ld-scripts/staticcall.specs.in | compiler
	$(call say,GEN)
	@mkdir -p $(@D)
	$(Q)$(call specs,$(here)/staticcall.so,$(abspath $(top))/runtime/include,$(here),$(here)) > $@

-include $(patsubst %.o,%.d,$(plugin-obj) $(runtime-obj) $(tools-obj))

# ---- demo and bench: fragments of their folders ----------------------------

# They come after `all`, as targets demo-run and bench-run.
include $(wildcard $(top)/demo/demo.mk $(top)/bench/bench.mk)

packages:
	@sh $(top)/mk/packages.sh $(top)/mk/packages.txt

# The compiler itself may be among the packages: read this file again after.
demo: packages
	@$(MAKE) --no-print-directory demo-run

bench: packages
	@$(MAKE) --no-print-directory bench-run

# ---- tests -----------------------------------------------------------------

# The first runs every test, the others those of the plugin and the runtime.
COMPILERS := gcc gcc-11
check-cmd = $(PYTHON) $(top)/mk/check.py --build $(BUILD) $(COMPILERS)

check check-long check-projects: packages
	@for cc in $(COMPILERS); do $(MAKE) --no-print-directory CC=$$cc all || exit; done
	@$(check-cmd) $(patsubst check-%,--%,$(filter-out check,$@))

# For CC alone.
LEVELS := -O0 -O1 -O2 -O3 -Os
EVERY := 1
COUNT := 1000
fuzz-what = $(if $(SEEDS),--seeds $(SEEDS),--count $(COUNT))
under-test = GCC_UNDER_TEST='$(CC)' STATICCALL_BUILD=$(here) PYTHONDONTWRITEBYTECODE=1 $(PYTHON)

check-fuzz: packages
	@$(MAKE) --no-print-directory all
	@$(under-test) $(top)/testsuite/fuzz/fuzzer.py $(fuzz-what) --failures $(OUT)/fuzz

check-torture: packages
	@$(MAKE) --no-print-directory all
	@$(under-test) $(top)/testsuite/gcc-torture/torture.py --levels='$(LEVELS)' --every $(EVERY)

# One may fail to build and the others be tested all the same: check.py builds.
architectures := $(PYTHON) $(top)/testsuite/harness/architectures.py

check-arch check-arches:
	@names=$$($(architectures) names $(if $(filter check-arch,$@),'$(ARCH)')) && \
	sh $(top)/mk/packages.sh $(top)/mk/packages.txt cross $$names && \
	$(PYTHON) $(top)/mk/check.py --build $(BUILD) --arches $$names -- $(MAKEOVERRIDES)

GCCS := 11 12 13 14 15 16

# They need nothing of this machine's packages.
check-gcc-matrix:
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) $(top)/mk/gcc_matrix.py --build $(BUILD) $(GCCS)

check-kernel-cmd = $(PYTHON) $(top)/testsuite/kernel/check.py --build $(BUILD) \
	--kernels '$(KERNELS)' --arches '$(KERNEL_ARCHES)'

check-kernel:
	@sections=$$($(check-kernel-cmd) --sections) && \
	sh $(top)/mk/packages.sh $(top)/mk/packages.txt kernel $$sections && exec $(check-kernel-cmd)

# ---- install ---------------------------------------------------------------

PREFIX := /usr/local
prefix := $(abspath $(PREFIX))
# Libraries for another machine do not mix with this one's.
LIBDIR := $(prefix)/lib$(if $(cross),/$(shell $(CC) -print-multiarch))
INCLUDEDIR := $(prefix)/include
BINDIR := $(prefix)/bin
MANDIR := $(prefix)/share/man
libdir := $(abspath $(LIBDIR))
own := $(libdir)/staticcall
# Programs find the shared library without help in the system's folders only.
rpath := $(if $(filter /usr/% /lib/%,$(libdir)/),,$(libdir))

header := $(top)/runtime/include/staticcall.h
version := $(shell awk '/define STATICCALL_VERSION_/ { v = v s $$3; s = "." } END { print v }' $(header))

# Every compiler of this triplet that the plugin has been built for.
installed-vers := $(patsubst $(BUILD)/$(triplet)-%/staticcall.so,%,\
	$(wildcard $(BUILD)/$(triplet)-*/staticcall.so) $(OUT)/staticcall.so)
installed-vers := $(sort $(installed-vers))

# mode:source:target; a target is without DESTDIR
man-pages := $(wildcard $(top)/doc/*.[1-8])
install-list = \
	0755:$(OUT)/staticcall:$(abspath $(BINDIR))/staticcall \
	0755:$(OUT)/libstaticcall.so.0:$(libdir)/libstaticcall.so.0 \
	$(foreach f,$(filter-out %.so.0,$(libraries)),\
		0644:$(OUT)/$f:$(libdir)/$f) \
	0644:$(header):$(abspath $(INCLUDEDIR))/staticcall.h \
	0644:$(dir $(header))staticcall/abi.h:$(abspath $(INCLUDEDIR))/staticcall/abi.h \
	0644:$(OUT)/staticcall.ld:$(own)/staticcall.ld \
	0644:$$stage/link.specs:$(own)/link.specs \
	0644:$$stage/$(gccver).specs:$(own)/staticcall.specs \
	0644:$$stage/$(gccver).pc:$(libdir)/pkgconfig/staticcall.pc \
	$(foreach v,$(installed-vers),\
		0755:$(BUILD)/$(triplet)-$v/staticcall.so:$(own)/$v/staticcall.so \
		0644:$$stage/$v.specs:$(own)/$v/staticcall.specs \
		0644:$$stage/$v.pc:$(libdir)/pkgconfig/staticcall-gcc$(firstword $(subst ., ,$v)).pc) \
	$(foreach m,$(man-pages),0644:$m:$(abspath $(MANDIR))/man$(subst .,,$(suffix $m))/$(notdir $m))

# $(call specs,PLUGIN,INCLUDEDIR,LIBDIR,RPATH): as a filter
specs = sed -e 's|@PLUGIN@|$1|' -e 's|@INCLUDEDIR@|$2|' -e 's|@LIBDIR@|$3|' \
	-e 's|@RPATH@|$(addprefix -rpath ,$4)|' $(top)/ld-scripts/staticcall.specs.in
pc = sed -e 's|@PREFIX@|$(prefix)|' -e 's|@GCCVER@|$1|' -e 's|@VERSION@|$(version)|' \
	-e 's|@LIBDIR@|$(patsubst $(prefix)/%,$${prefix}/%,$(libdir))|' \
	-e 's|@INCLUDEDIR@|$(patsubst $(prefix)/%,$${prefix}/%,$(abspath $(INCLUDEDIR)))|' \
	$(top)/ld-scripts/staticcall.pc.in

install: all
	@stage=$$(mktemp -d) && trap 'rm -rf "$$stage"' EXIT && \
	$(foreach v,$(installed-vers),\
		$(call specs,$(own)/$v/staticcall.so,$(abspath $(INCLUDEDIR)),$(libdir),$(rpath)) \
			> "$$stage/$v.specs" && \
		$(call pc,$v) > "$$stage/$v.pc" &&) \
	sed -e 's|@LIBDIR@|$(libdir)|' $(top)/ld-scripts/link.specs.in > "$$stage/link.specs" && \
	sh $(top)/mk/install.sh '$(DESTDIR)' $(own)/manifest $(install-list)
	@echo 'staticcall: installed in $(DESTDIR)$(prefix), for GCC $(installed-vers)'
	@echo 'staticcall: staticcall.pc and staticcall.specs are for GCC $(gccver)'
	$(if $(rpath),@echo 'staticcall: the loader does not search $(rpath): link with -Wl$(comma)-rpath or set LD_LIBRARY_PATH')
ifeq ($(DESTDIR)$(rpath),)
	@[ "$$(id -u)" -ne 0 ] || ldconfig
endif

uninstall:
	@sh $(top)/mk/uninstall.sh '$(DESTDIR)' $(own)/manifest
ifeq ($(DESTDIR)$(rpath),)
	@[ "$$(id -u)" -ne 0 ] || ldconfig
endif

# ---- the rest --------------------------------------------------------------

clean:
	rm -rf $(BUILD)

help:
	@sed -n 's/^#: \{0,1\}//p' $(top)/Makefile

endif
