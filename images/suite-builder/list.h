/*
 * Reads /payload/programs, which has a word and its value a line: builtin; deadline SECONDS for all programs together; and for each program
 * program ID, limit SECONDS, folder FOLDER, file FILE, argument ARGUMENT.
 */
#pragma once
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST "/payload/programs"
#define MOST_ARGUMENTS 64

struct program {
	char *id, *folder, *file;
	char *arguments[MOST_ARGUMENTS + 2];
	int count;
	double limit;
};

static void die(const char *what)
{
	fprintf(stderr, "run-programs: %s: %s\n", what, strerror(errno));
	exit(2);
}

static struct program *read_list(size_t *count, bool *builtin, double *deadline)
{
	struct program *programs = NULL, *last = NULL;
	char *text = NULL, *value;
	FILE *list = fopen(LIST, "re");
	size_t room = 0;
	ssize_t length;

	if (!list)
		die(LIST);
	while ((length = getline(&text, &room, list)) > 0) {
		if (text[length - 1] == '\n')
			text[length - 1] = 0;
		value = strchr(text, ' ');
		value = value ? strdup(value + 1) : strdup("");
		if (!strcmp(text, "builtin")) {
			*builtin = true;
		} else if (!strncmp(text, "deadline ", 9)) {
			*deadline = atof(value);
		} else if (!strncmp(text, "program ", 8)) {
			programs = realloc(programs, (*count + 1) * sizeof(*programs));
			last = &programs[(*count)++];
			memset(last, 0, sizeof(*last));
			last->id = value;
		} else if (last && !strncmp(text, "limit ", 6)) {
			last->limit = atof(value);
		} else if (last && !strncmp(text, "folder ", 7)) {
			last->folder = value;
		} else if (last && !strncmp(text, "file ", 5)) {
			last->file = value;
			last->arguments[last->count++] = value;
		} else if (last && !strncmp(text, "argument ", 9) && last->count <= MOST_ARGUMENTS) {
			last->arguments[last->count++] = value;
		} else {
			errno = EINVAL;
			die(text);
		}
	}
	fclose(list);
	return programs;
}
