/* Bits and numbers that begin alike: once two groups of one name. */
struct some_thing {
	int event;
};
#define SOME_THING_EVENT_A 0x10
#define SOME_THING_EVENT_B 0x11
#define SOME_THING_EVENT_C (1 << 5)
#define SOME_THING_EVENT_D (1 << 6)
