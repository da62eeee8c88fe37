/* SPDX-License-Identifier: MIT */
/* commands - the rows that the cmd_*.c files give to the table of command.c. */
#ifndef MEMSEE_SESSION_COMMANDS_H
#define MEMSEE_SESSION_COMMANDS_H

#include "session/command.h"

/* cmd_database.c */
extern const struct command command_create;
extern const struct command command_open;
extern const struct command command_read;
extern const struct command command_gen;
extern const struct command command_index;
extern const struct command command_backup;
extern const struct command command_restore;

/* cmd_query.c */
extern const struct command command_select;
extern const struct command command_with;
extern const struct command command_insert;
extern const struct command command_update;
extern const struct command command_delete;
extern const struct command command_shell;

/* cmd_names.c */
extern const struct command command_set;
extern const struct command command_let;
extern const struct command command_default;
extern const struct command command_echo;

/* cmd_object.c */
extern const struct command command_stats;
extern const struct command command_info;
extern const struct command command_parents;
extern const struct command command_kids;

/* cmd_ancestors.c */
extern const struct command command_ancestor_types;

/* cmd_roots.c */
extern const struct command command_roots;
extern const struct command command_pin;

/* cmd_gc.c */
extern const struct command command_gc;
extern const struct command command_continue_gc;

/* cmd_path.c */
extern const struct command command_path;

/* cmd_merge.c */
extern const struct command command_paths;
extern const struct command command_signatures;

/* cmd_dominators.c */
extern const struct command command_dominators;
extern const struct command command_retained;

/* cmd_owned.c */
extern const struct command command_owned;

/* cmd_owners.c */
extern const struct command command_owners;
extern const struct command command_folded;

/* cmd_export.c */
extern const struct command command_export;

/* cmd_cycles.c */
extern const struct command command_cycles;
extern const struct command command_garbage;

/* cmd_diff.c */
extern const struct command command_diff;

/* cmd_trend.c */
extern const struct command command_trend;

/* cmd_leaks.c */
extern const struct command command_leaks;

/* cmd_expect.c */
extern const struct command command_expect;

/* cmd_plot.c */
extern const struct command command_plot;

/* cmd_report.c */
extern const struct command command_title;
extern const struct command command_section;
extern const struct command command_text;
extern const struct command command_caption;
extern const struct command command_otherwise;
extern const struct command command_hide;
extern const struct command command_output;
extern const struct command command_width;

/* cmd_script.c */
extern const struct command command_include;
extern const struct command command_import;
extern const struct command command_debug;
extern const struct command command_help;

#endif
