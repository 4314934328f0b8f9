/*
 * Addresses of the C library's functions that a forked child calls (ForkedChild.cs). In a program without a dynamic
 * linker nobody can look them up by name.
 */
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

void *faultline_address_of(const char *name);

void *faultline_address_of(const char *name)
{
	static const struct {
		const char *name;
		void *address;
	} functions[] = {
		{ "_exit", _exit },
		{ "pause", pause },
		{ "read", read },
		{ "setcontext", setcontext },
		{ "sigemptyset", sigemptyset },
	};

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (!strcmp(name, functions[i].name))
			return functions[i].address;
	return NULL;
}
