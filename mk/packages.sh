#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# packages.sh LIST [SECTION...]: have the Debian packages of LIST installed, those
# before its first section and those of the sections named.
#
# As root, what is missing is installed; anybody else gets the one command.

list=$1
shift
missing= wanted=yes
while read -r name rest; do
	case $name in
	'' | '#'*) continue ;;
	'['*)
		wanted=
		for section in $(echo "$name $rest" | tr -d '[]'); do
			case " $* " in
			*" $section "*) wanted=yes ;;
			esac
		done
		continue ;;
	esac
	[ "$wanted" ] || continue
	state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)
	[ "$state" = installed ] || missing="$missing $name"
done < "$list" || exit 1

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
