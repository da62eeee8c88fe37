/* SPDX-License-Identifier: MIT */
#include "program/run.h"

int main(int argc, char **argv)
{
	return (int)run(argc, argv);
}
