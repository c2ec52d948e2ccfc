# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.mk: build the demonstration and run it.
#
# This is what any program does: -fplugin to compile, the library to link.

demo-out := $(OUT)/demo
demo-src := $(addprefix $(top)/demo/,demo.c calls.c disassemble.c target.c)

.PHONY: demo-run
demo-run: $(demo-out)/demo
	@$<

$(demo-out)/demo: $(demo-src) $(wildcard $(top)/demo/*.h) $(demo-out)/libtarget.so \
		$(addprefix $(OUT)/,$(filter-out staticcall,$(products)))
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS) -O2 -std=gnu11 $(warnings) -Wno-attributes -pthread $(includes) \
		-fplugin=$(OUT)/staticcall.so $(demo-src) -o $@ \
		-L$(OUT) -lstaticcall -L$(demo-out) -ltarget \
		-Wl,-rpath,$(abspath $(OUT)) -Wl,-rpath,$(abspath $(demo-out)) $(LDFLAGS)

# One of the functions called lives in a shared library, as libc's do.
$(demo-out)/libtarget.so: $(top)/demo/target.c $(top)/demo/target.h
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -O2 -shared -fPIC -DTARGET_IN_LIBRARY $< -o $@ $(LDFLAGS)
