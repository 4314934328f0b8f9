/* The few kinds of JSON that run-programs writes: a line is an object, built up in one buffer. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_LINE 65000

struct line {
	char text[LONGEST_LINE];
	size_t length;
};

static void put(struct line *line, const char *format, ...)
{
	size_t room = sizeof(line->text) - line->length;
	va_list arguments;
	int wrote;

	va_start(arguments, format);
	wrote = vsnprintf(line->text + line->length, room, format, arguments);
	va_end(arguments);
	if (wrote > 0)
		line->length += (size_t)wrote < room ? (size_t)wrote : room - 1;
}

/* How many of the first bytes are one character of UTF-8; 0 for none. */
static size_t character(const unsigned char *text, size_t length)
{
	size_t count = text[0] < 0x80 ? 1 : text[0] >= 0xc2 && text[0] < 0xe0 ? 2
		: (text[0] & 0xf0) == 0xe0 ? 3 : text[0] >= 0xf0 && text[0] < 0xf5 ? 4 : 0;
	size_t i;

	if (count == 0 || count > length)
		return 0;
	for (i = 1; i < count; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	/* Longer than need be, halves of a pair, and beyond the last. */
	if (count == 3 && ((text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xed && text[1] > 0x9f)))
		return 0;
	if (count == 4 && ((text[0] == 0xf0 && text[1] < 0x90) || (text[0] == 0xf4 && text[1] > 0x8f)))
		return 0;
	return count;
}

/* A text in quotation marks; what is not UTF-8 becomes the replacement character. */
static void put_text(struct line *line, const char *bytes, size_t length)
{
	const unsigned char *text = (const unsigned char *)bytes;
	size_t count;

	put(line, "\"");
	while (length > 0) {
		count = character(text, length);
		if (count == 0)
			put(line, "\xef\xbf\xbd"), count = 1;
		else if (count == 1 && (text[0] < 0x20 || text[0] == 0x7f))
			put(line, "\\u%04x", text[0]);
		else if (text[0] == '"' || text[0] == '\\')
			put(line, "\\%c", text[0]);
		else
			put(line, "%.*s", (int)count, (const char *)text);
		text += count;
		length -= count;
	}
	put(line, "\"");
}
