/* SPDX-License-Identifier: MIT */
/* run - carries out a command line: the only part of the program that prints. */
#ifndef MEMSEE_PROGRAM_RUN_H
#define MEMSEE_PROGRAM_RUN_H

#include "base/error.h"

/* Returns the exit status. */
enum status run(int argc, char **argv);

#endif
