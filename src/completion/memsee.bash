# SPDX-License-Identifier: MIT
# Completion for bash: the program itself says what there is.
_memsee()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local words=
	case $before in
	-f | --format) words='markdown csv dot text json html svg' ;;
	--progress) words='auto always never' ;;
	--annotate) words=github ;;
	-e | --execute) words=$("$1" --list-commands 2>/dev/null | sed 's/ .*//') ;;
	*)
		case $word in
		-*) words=$("$1" --help 2>/dev/null | grep -oE -- '--[a-z-]+') ;;
		*) words=$("$1" --list-reports 2>/dev/null | sed 's/ .*//') ;;
		esac
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
}
complete -o filenames -F _memsee memsee
