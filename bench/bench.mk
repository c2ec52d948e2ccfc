# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench.mk: run the benchmark; bench.py compiles what it measures.

.PHONY: bench-run
bench-run: all
	@$(PYTHON) $(top)/bench/bench.py --cc '$(CC)' --build $(OUT) --output $(OUT)/bench
