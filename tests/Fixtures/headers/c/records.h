/* Records of every shape. */
struct plain {
	unsigned char byte;	/* one byte, then a hole */
	unsigned long long word;
};

struct packed_one {
	unsigned char byte;
	unsigned long long word;
} __attribute__((packed));

struct aligned_one {
	unsigned int value;
} __attribute__((aligned(64)));

/* Bits of three widths, one signed, a hole and a new unit. */
struct bits {
	unsigned int low : 3;
	int negative : 5;
	unsigned int : 4;
	unsigned long long wide : 40;
	unsigned int : 0;
	unsigned char last : 1;
};

struct arrays {
	unsigned short one[3];
	unsigned int two[4][2];
	struct plain records[2];
	struct {
		unsigned char tag;
		unsigned int value;
	} pairs[2];
	unsigned char rest[];
};

struct zero_length {
	unsigned int count;
	unsigned int items[0];
};

union either {
	unsigned int number;
	float fraction;
	void *pointer;
	int (*function)(int argument);
};

struct nested {
	union {
		unsigned int promoted;
		struct {
			unsigned short low;
			unsigned short high;
		};
	};
	union {
		struct {
			double value;
		} deep;
		unsigned char bytes[8];
	} named;
	struct inner_tag {
		long member;
	} tagged;
	_Bool flag;
	char character;
	long double opaque;
};

typedef struct {
	int x;
	int y;
} point_t;

typedef unsigned int handle_t;
typedef handle_t handles_t[4];
typedef void callback_t(int);

struct with_typedefs {
	point_t point;
	handle_t handle;
	callback_t *callback;
	const char *text;
};

struct empty {
};

struct tail {
	struct {
		unsigned int low : 3;
		unsigned int high : 29;
	} nested[2];
	union {
		unsigned long list[0];
		struct {
			char none[0];
		} inner;
		union {
			int first[0];
		};
	} data;
};

static inline int helper(int value)
{
	return value;
}
