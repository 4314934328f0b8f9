/* An argument of 64 KiB does not fit the 14 bits of a request: it is a number, and once was a model that nobody could read back. */
#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define TOO_LARGE _IOC(2U, 'x', 1, 0x10000)
#define MAGIC_TOO_LARGE _IOC(2U, 999, 1, 4)
