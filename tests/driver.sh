#!/bin/sh
# SPDX-License-Identifier: MIT
# Automake's TAP driver, and for each claim that failed why, and how to run it alone.
here=$(dirname "$0")
"$here/../build-aux/tap-driver.sh" "$@"
status=$?
name=
log=
trs=
while [ $# -gt 1 ]; do
	case $1 in
	--test-name) name=$2 ;;
	--log-file) log=$2 ;;
	--trs-file) trs=$2 ;;
	esac
	shift
done
# Without Python there are unit tests alone, which are run by their name.
if grep -qE '^:test-result: (FAIL|XPASS|ERROR)' "$trs" && command -v python3 >/dev/null; then
	python3 -B "$here/failed.py" "${name#./}" "$log"
fi
exit $status
