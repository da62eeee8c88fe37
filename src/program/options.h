/* SPDX-License-Identifier: MIT */
/* options - the command line. */
#ifndef MEMSEE_PROGRAM_OPTIONS_H
#define MEMSEE_PROGRAM_OPTIONS_H

#include "program/snap.h"
#include "session/session.h"

/* What the command line may ask for instead of a run. */
enum options_ask {
	OPTIONS_RUN,
	OPTIONS_HELP,
	OPTIONS_VERSION,
	OPTIONS_LIST_COMMANDS,
	OPTIONS_LIST_REPORTS,
	OPTIONS_PRINT_DUMPER,
	OPTIONS_SCRIPT_HELP, /* memsee SCRIPT --help */
};

/* Arguments of an option that may be repeated, in order; the strings are argv's. */
struct option_list {
	const char **items;
	size_t count, cap;
};

struct options {
	enum options_ask ask;
	bool execute; /* -e: the words are commands */
	struct settings settings;
	char *reports; /* the settings' folder, when the program found it; owned */
	struct siphash_key redact_key;
	pid_t inject; /* --inject: run the script, Python's, in this process; 0: none */
	struct snap snap;       /* --snap and what belongs to it */
	const char **snap_args; /* owned: its processes, then the arguments */
	bool render;
	bool quiet;
	unsigned max_seconds;       /* 0: no limit */
	const char *junit;          /* --junit; NULL without */
	const char *annotate;       /* the system of --annotate; NULL without */
	const char **readable;      /* of the settings, owned; the strings are argv's */
	const char **writable;      /* the same */
	struct option_list named;   /* --writable */
	struct option_list outputs; /* -o */
	const char *database;       /* -d; NULL without */
	struct define *defines;
	size_t define_count, define_cap;
	const char *const *commands; /* -e: all words are commands; NULL without */
	size_t command_count;
	const char *script;      /* else the script */
	bool guessed;            /* it was not named: only dumps were */
	const char *const *args; /* and its arguments */
	int arg_count;
};

/* Reads the command line.  Options end at the script, so that what follows is the
 * script's own.  False with a one-line message (STATUS_SCRIPT).  Call options_fini() in
 * any case; `argv` must outlive `o`. */
bool options_parse(struct options *o, int argc, char **argv, struct error *err);
void options_fini(struct options *o);

/* Appends the text of --help. */
void options_help(struct buffer *out);

#endif
