#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# uninstall.sh DESTDIR MANIFEST: remove what the manifest lists, and the
# folders among it that are empty then.

set -e
destdir=$1 manifest=$1$2

if [ ! -f "$manifest" ]; then
	echo "staticcall: nothing is installed here: there is no $manifest;" \
	     "give the PREFIX, LIBDIR and DESTDIR of the installation" >&2
	exit 1
fi

list=$(cat "$manifest")
rm -f "$manifest"
for path in $list; do
	case $path in
	*/) ;;
	*) rm -f "$destdir$path" ;;
	esac
done
# Children after their parents in the list, so backwards.
for path in $(echo "$list" | tac); do
	case $path in
	*/) rmdir "$destdir$path" 2>/dev/null || : ;;
	esac
done
