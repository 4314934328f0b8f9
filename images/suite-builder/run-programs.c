/*
 * The guest's "run" where programs of other suites are to run: the built-in suite first, if it is wanted, then each program of
 * /payload/programs under its time limit. What they print goes line by line to the results port, and as it is to standard output.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include "events.h"
#include "list.h"

#define RESULTS "/dev/virtio-ports/org.faultline.results"
#define SUITE "/payload/Faultline.AbiTests"
#define WAITED "/run/faultline/waited"
/* Of one line, and of all that one program prints. */
#define LONGEST_TEXT 8000
#define MOST_OUTPUT (1 << 20)
/* The exit status for a program that the kernel does not let go, as the built-in suite has it. */
#define HUNG 3
#define KILL_PATIENCE 10.0

/* Seconds in which the guest could run: those of its clock without those that a busy machine kept it waiting. */
static double ran(void)
{
	static double waited;
	char text[32];
	int file = open(WAITED, O_RDONLY | O_CLOEXEC);
	ssize_t got = file < 0 ? 0 : read(file, text, sizeof(text) - 1);

	if (file >= 0)
		close(file);
	/* While the file is written it is empty: the last answer stands. */
	if (got > 0) {
		text[got] = 0;
		waited = atof(text);
	}
	return now(CLOCK_MONOTONIC) - waited;
}

static int status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int run_suite(char **arguments)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		die("fork");
	if (child == 0) {
		arguments[0] = SUITE;
		execv(SUITE, arguments);
		die(SUITE);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	return status_of(status);
}

/* What a program left running is ours since it ended: none of it may disturb the next one. */
static void kill_leftovers(void)
{
	char name[64], text[512], *end;
	struct dirent *entry;
	pid_t self = getpid();
	DIR *proc;
	int tries, file, parent;
	ssize_t got;

	for (tries = 0; tries < 50; tries++) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return;
		proc = opendir("/proc");
		while (proc && (entry = readdir(proc))) {
			if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
				continue;
			snprintf(name, sizeof(name), "/proc/%.20s/stat", entry->d_name);
			file = open(name, O_RDONLY | O_CLOEXEC);
			got = file < 0 ? 0 : read(file, text, sizeof(text) - 1);
			if (file >= 0)
				close(file);
			text[got > 0 ? got : 0] = 0;
			end = strrchr(text, ')');
			if (end && sscanf(end + 1, " %*c %d", &parent) == 1 && parent == self)
				kill(atoi(entry->d_name), SIGKILL);
		}
		if (proc)
			closedir(proc);
		usleep(20000);
	}
}

/* A folder of its own to work in, with all that lies next to the program in it. */
static void enter_folder(const struct program *program, int number)
{
	char folder[64], from[4096], to[4096];
	struct dirent *entry;
	DIR *files;

	snprintf(folder, sizeof(folder), "/tmp/program-%d", number);
	if (mkdir(folder, 0755) < 0 || chdir(folder) < 0)
		die(folder);
	files = opendir(program->folder);
	while (files && (entry = readdir(files))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(from, sizeof(from), "%s/%s", program->folder, entry->d_name);
		snprintf(to, sizeof(to), "%s/%s", folder, entry->d_name);
		if (symlink(from, to) < 0)
			die(to);
	}
	if (files)
		closedir(files);
}

/*
 * A terminal, so that programs send each line as it is written: of one that is killed, and of its children, nothing is lost or said twice.
 * A kernel may have none; then it is a pipe.
 */
static bool open_output(int ends[2])
{
	struct termios mode;
	char name[64];

	mkdir("/dev/pts", 0755);
	mount("devpts", "/dev/pts", "devpts", 0, "ptmxmode=0666,mode=0620");
	ends[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (ends[0] >= 0 && !grantpt(ends[0]) && !unlockpt(ends[0]) && !ptsname_r(ends[0], name, sizeof(name))) {
		ends[1] = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
		if (ends[1] >= 0) {
			if (!tcgetattr(ends[1], &mode)) {
				cfmakeraw(&mode);
				tcsetattr(ends[1], TCSANOW, &mode);
			}
			return true;
		}
	}
	if (ends[0] >= 0)
		close(ends[0]);
	return pipe2(ends, O_CLOEXEC) == 0;
}

static pid_t start(const struct program *program, int number, int output)
{
	char file[4096];
	int input, signal_number;
	pid_t child;

	snprintf(file, sizeof(file), "%s/%s", program->folder, program->file);
	child = fork();
	if (child < 0)
		die("fork");
	if (child > 0)
		return child;
	setsid();
	enter_folder(program, number);
	input = open("/dev/null", O_RDONLY);
	dup2(input, 0);
	dup2(output, 1);
	dup2(output, 2);
	for (signal_number = 1; signal_number < 32; signal_number++)
		signal(signal_number, SIG_DFL);
	execv(file, program->arguments);
	fprintf(stderr, "run-programs: %s: %s\n", file, strerror(errno));
	_exit(127);
}

struct printed {
	char text[LONGEST_TEXT];
	size_t length;
	long total;
};

static void flush(const struct program *program, struct printed *printed)
{
	if (printed->length > 0 && printed->text[printed->length - 1] == '\r')
		printed->length--;
	say_output(program, printed->text, printed->length);
	printed->length = 0;
}

static void take(const struct program *program, struct printed *printed, const char *bytes, ssize_t count)
{
	ssize_t i;

	for (i = 0; i < count; i++) {
		if (++printed->total > MOST_OUTPUT)
			continue;
		if (bytes[i] == '\n' || printed->length == sizeof(printed->text))
			flush(program, printed);
		if (bytes[i] != '\n')
			printed->text[printed->length++] = bytes[i];
	}
}

/* Reads what there is; false at the end. */
static bool read_some(int file, const struct program *program, struct printed *printed, int patience)
{
	struct pollfd wait = { .fd = file, .events = POLLIN };
	char bytes[4096];
	ssize_t got;

	if (poll(&wait, 1, patience) <= 0)
		return true;
	got = read(file, bytes, sizeof(bytes));
	if (got <= 0)
		return got < 0 && (errno == EINTR || errno == EAGAIN);
	write_all(STDOUT_FILENO, bytes, (size_t)got);
	take(program, printed, bytes, got);
	return true;
}

/* The status of a program that ended, or -1 for one that nothing ends. */
static void run(const struct program *program, int number, double limit)
{
	static struct printed printed;
	double began, end = 0;
	bool open_end = true, late = false, ended = false;
	int ends[2], status = 0, quiet;
	pid_t child;

	memset(&printed, 0, sizeof(printed));
	begin_of("program", program);
	send_line();
	if (!open_output(ends))
		die("pipe");
	child = start(program, number, ends[1]);
	close(ends[1]);
	began = ran();
	while (!ended) {
		if (open_end)
			open_end = read_some(ends[0], program, &printed, 200);
		else
			usleep(20000);
		ended = waitpid(child, &status, WNOHANG) == child;
		if (!ended && !late && ran() - began > limit) {
			late = true;
			end = ran();
			kill(-child, SIGKILL);
			kill(child, SIGKILL);
		}
		if (!ended && late && ran() - end > KILL_PATIENCE)
			break;
	}
	/* What it has sent and nobody has read yet; a child that holds the other end open cannot make this last. */
	for (quiet = 0; open_end && quiet < 2; quiet++) {
		long before = printed.total;

		open_end = read_some(ends[0], program, &printed, 100);
		if (printed.total != before)
			quiet = printed.total > 2L * MOST_OUTPUT ? 2 : -1;
	}
	if (printed.length > 0)
		flush(program, &printed);
	close(ends[0]);
	begin_of("ended", program);
	put(&line, ",\"status\":%d,\"seconds\":%.3f", ended ? status_of(status) : 128 + SIGKILL, ran() - began);
	if (late)
		put(&line, ",\"late\":%.0f", limit);
	if (printed.total > MOST_OUTPUT)
		put(&line, ",\"lost\":%ld", printed.total - MOST_OUTPUT);
	put(&line, ",\"alive\":%s", ended ? "false" : "true");
	send_line();
	if (!ended)
		exit(HUNG);
	kill_leftovers();
}

int main(int argc, char **argv)
{
	double deadline = 0, began, limit;
	struct program *programs;
	bool builtin = false;
	size_t count = 0, i;
	int code = 0;

	(void)argc;
	programs = read_list(&count, &builtin, &deadline);
	/* One program at a time may hold the port. A suite that did not come to its end says all that there is to say. */
	if (builtin)
		code = run_suite(argv);
	if (code > 1)
		return code;
	results = open(RESULTS, O_WRONLY | O_CLOEXEC);
	if (results < 0)
		die(RESULTS);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (i = 0; i < count; i++) {
		begin("programs");
		put(&line, ",\"ids\":[");
		put_text(&line, programs[i].id, strlen(programs[i].id));
		put(&line, "]");
		send_line();
	}
	began = ran();
	for (i = 0; i < count; i++) {
		limit = programs[i].limit;
		if (deadline > 0 && began + deadline - ran() < limit)
			limit = began + deadline - ran();
		/* One whose time is up before it began has no result, which fails. */
		if (limit < 1)
			break;
		run(&programs[i], (int)i, limit);
	}
	begin("programs-end");
	send_line();
	return code;
}
