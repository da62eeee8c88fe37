/* SPDX-License-Identifier: MIT */
/* Feeds files to a fuzz target: what was once found stays found, in every build. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static int replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL || fseek(file, 0, SEEK_END) != 0)
		return 1;
	long size = ftell(file);
	rewind(file);
	uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
	int bad = size < 0 || data == NULL ||
		  fread(data, 1, (size_t)size, file) != (size_t)size;
	if (!bad)
		LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	fclose(file);
	return bad;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		/* libFuzzer's options mean nothing here. */
		if (argv[i][0] == '-')
			continue;
		if (replay(argv[i]) != 0) {
			fprintf(stderr, "cannot read %s\n", argv[i]);
			return 1;
		}
	}
	return 0;
}
