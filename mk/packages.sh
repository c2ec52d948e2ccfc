#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# packages.sh LIST: have the Debian packages of LIST installed.
#
# As root, what is missing is installed; anybody else gets the one command.

missing=
while read -r name comment; do
	case $name in
	'' | '#'*) continue ;;
	esac
	state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)
	[ "$state" = installed ] || missing="$missing $name"
done < "$1" || exit 1

[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"

if ! command -v apt-get >/dev/null; then
	echo "staticcall: not a Debian system: install what corresponds to:$missing" >&2
	exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
	echo "staticcall: packages are missing; install them, as root, with:" >&2
	echo "  $install" >&2
	exit 1
fi

echo "staticcall: installing$missing"
export DEBIAN_FRONTEND=noninteractive
# The first try serves a machine whose package lists are fresh, or offline.
$install </dev/null >/dev/null 2>&1 && exit 0
apt-get update </dev/null >/dev/null || echo "staticcall: apt-get update failed, going on" >&2
$install </dev/null >&2 || {
	echo "staticcall: could not install:$missing; the lines above say why" >&2
	exit 1
}
