/*
 * Starts stress-ng with the libraries that lie next to it, for the guest has none but C's own. Bounded by operations, and by time in case that
 * they never come. Its exit status 4 says that the kernel has no userfaultfd, as that of a selftest does.
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	char *words[] = {
		"stress-ng", "--library-path", "lib", "lib/stress-ng", "--userfaultfd", "2", "--userfaultfd-ops", "20000", "--timeout", "40",
		"--verify", "--metrics-brief", "--temp-path", ".", NULL,
	};

	execv("lib/ld.so", words);
	perror("lib/ld.so");
	return 127;
}
