/* What run-programs tells the host: a line of the results port for each event (docs/guest-contract.md). */
#include <errno.h>
#include <time.h>
#include <unistd.h>
#include "json.h"
#include "list.h"

static struct line line;
static int results = -1;

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void write_all(int file, const char *bytes, size_t length)
{
	ssize_t wrote;

	while (length > 0) {
		wrote = write(file, bytes, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return;
		bytes += wrote;
		length -= (size_t)wrote;
	}
}

static void begin(const char *event)
{
	line.length = 0;
	put(&line, "{\"event\":\"%s\",\"t\":%.3f", event, now(CLOCK_BOOTTIME));
}

static void send_line(void)
{
	put(&line, "}\n");
	write_all(results, line.text, line.length);
}

static void begin_of(const char *event, const struct program *program)
{
	begin(event);
	put(&line, ",\"id\":");
	put_text(&line, program->id, strlen(program->id));
}

static void say_output(const struct program *program, const char *text, size_t length)
{
	begin_of("output", program);
	put(&line, ",\"text\":");
	put_text(&line, text, length);
	send_line();
}
