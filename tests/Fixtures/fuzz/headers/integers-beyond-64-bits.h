/* libclang tells 64 bits of a value. */
#define VAST ((unsigned __int128)1 << 100)
#define SMALL ((__int128)-1)
struct vast {
	unsigned __int128 member;
	__int128 bits : 100;
};
