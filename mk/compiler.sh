#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# compiler.sh CC PLUGINDIR HOSTCXX HOSTCC: say what is missing before anything is
# built; without HOSTCC, for the plugin alone.

cc=$1 plugindir=$2 cxx=$3 hostcc=$4

die() {
	echo "staticcall: $*" >&2
	exit 1
}

# Debian's name of a package that belongs to $cc: its last word without folder,
# with the version where the name has one, else the version it reports.
version=$($cc -dumpversion 2>/dev/null | cut -d. -f1)

if [ -z "$version" ]; then
	# A cross compiler's name ends with the machine there.
	package=$(echo "${cc##*[ /]}" | sed 's/^\(.*\)-\(gcc.*\)$/\2-\1/; s/_/-/g')
	die "no compiler \`$cc': install it (Debian: apt-get install $package)," \
	    "or give another one with CC="
fi
if $cc --version | grep -qi clang; then
	die "\`$cc' is Clang, which loads no GCC plugins: give a GCC with CC="
fi

case $($cc -dumpmachine) in
$(gcc -dumpmachine 2>/dev/null)) suffix= ;;
*) suffix=-$($cc -dumpmachine) ;;
esac

[ -f "$plugindir/include/gcc-plugin.h" ] ||
	die "\`$cc' has no plugin headers (gcc-plugin.h):" \
	    "install its plugin package (Debian: apt-get install gcc-$version-plugin-dev$suffix)"

$cxx -dumpversion >/dev/null 2>&1 ||
	die "no C++ compiler \`$cxx', which compiles the plugin for \`$cc':" \
	    "install it (Debian: apt-get install g++-$version)"

[ "$hostcc" ] || exit 0
for header in libelf.h elfutils/libdw.h; do
	echo "#include <$header>" | $hostcc -E -x c - >/dev/null 2>&1 ||
		die "\`$hostcc' finds no <$header>, which the tool needs:" \
		    "install it (Debian: apt-get install libelf-dev libdw-dev)"
done
