#ifndef MACROS_H
#define MACROS_H

#define DECIMAL 42
#define HEXADECIMAL 0xdeadbeef
#define NEGATIVE (-1)
#define LARGEST 0xffffffffffffffffULL
#define SMALLEST (-0x7fffffffffffffffLL - 1)
#define LARGE_SIGNED 0x7fffffffffffffffLL
#define CAST ((unsigned char)0x1ff)
#define CHARACTER 'A'
#define TEXT "a \"quoted\" line\n"
#define JOINED "a" "b"
#define FRACTION 1.5
#define SIZE sizeof(struct sized)
#define TERNARY (sizeof(long) == 8 ? 8 : 4)
#define ALIAS DECIMAL
#define POINTER ((void *)-1L)
#define CONTINUED (1 + \
		   2)

/* What follows is no constant, each for its own reason. */
#define EMPTY
#define FUNCTION_LIKE(x) ((x) + 1)
#define TYPE unsigned int
#define UNDECLARED (something_else + 1)
#define RUN_TIME variable
#define INITIALIZER { 1, 2 }
#define UNBALANCED (1
#define STATEMENT do { } while (0)

struct sized {
	int members[5];
};

extern int variable;

/* Flags by their marker. */
#define THING_FLAG_READ		(1 << 0)	/* may be read */
#define THING_FLAG_WRITE	(1 << 1)
#define THING_FLAG_TOP		(1U << 31)
#define THING_FLAGS_ALL		(THING_FLAG_READ | THING_FLAG_WRITE)

/* Flags by their neighbourhood. */
#define OTHER_SETUP_ONE (1UL << 0)
#define OTHER_SETUP_TWO (1UL << 1)
#define OTHER_SETUP_HIGH (1ULL << 63)

struct message {
	unsigned char event;
	unsigned char mode;
};

#define MESSAGE_EVENT_BEGIN	1
#define MESSAGE_EVENT_END	2
#define MESSAGE_MODE_QUIET	((unsigned long long)1 << 0)

enum {
	LOOSE_FIRST = 5,
#define LOOSE_FIRST LOOSE_FIRST
	LOOSE_SECOND,
};

enum named {
	NAMED_NEGATIVE = -1,
	NAMED_ZERO,
};

enum small {
	SMALL_ONE = 1,
} __attribute__((packed));

enum large {
	LARGE_ONE = 1,
	LARGE_TOP = 0x100000000ULL,
};

typedef enum {
	TYPED_ONE = 1,
} typed_t;

#define REDEFINED 1
#undef REDEFINED
#define REDEFINED 2

#endif
