#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# install.sh DESTDIR MANIFEST MODE:SOURCE:TARGET...
#
# Install each SOURCE as DESTDIR/TARGET, and note in DESTDIR/MANIFEST every file
# and every folder that this has made, for uninstall.sh.  Installing again, for
# another compiler or a newer version, adds to the manifest.

set -e
umask 022
destdir=$1 manifest=$1$2
shift 2

note() {
	grep -qxF "$1" "$manifest" || echo "$1" >> "$manifest"
}

# Parents first; uninstall reads the list backwards.
folder() {
	[ -d "$destdir$1" ] && return
	folder "$(dirname "$1")"
	mkdir "$destdir$1"
	made="$made $1"
}

[ -z "$destdir" ] || mkdir -p "$destdir"
made=
folder "$(dirname "${manifest#"$destdir"}")"
touch "$manifest"
for file; do
	mode=${file%%:*} file=${file#*:}
	target=${file#*:}
	folder "$(dirname "$target")"
	install -m "$mode" "${file%%:*}" "$destdir$target"
	note "$target"
done
for dir in $made; do
	note "$dir/"
done
