/* Names that mean something else to C#, collide there, or have no place in it. */
struct class {
	int int_;
	unsigned int namespace;
	unsigned char object[2][3][4];
	void *string;
	struct {
		int event;
		int Event;
		int EVENT;
	} delegate;
	int get_type;
	int equals;
	int class;
	int Class;
};

/* The names that generated code itself uses. */
struct bit_fields {
	unsigned int bit_fields : 3;
	unsigned int unsafe : 5;
	unsigned int low : 7;
};

struct field_offset {
	int struct_layout;
};

struct unsafe {
	unsigned char unsafe[16];
	union {
		unsigned char bytes[16];
		unsigned short words[8];
		void *pointer;
	};
};

struct layout_kind {
	int explicit;
};

struct inline_array {
	int items[3];
	int items_array;
	int items_offset;
	struct layout_kind rest[];
};

struct names_constants {
	int names_constants;
};

struct ioctl_request {
	int code;
};

/* One name for a tag and for a typedef of something else. */
struct twin {
	int first;
};

typedef struct {
	long second;
} twin;

struct twin_again {
	struct {
		int member;
	} inner;
};

struct twin_again_inner {
	int member;
};

/* Nothing in them. */
struct nothing {
};

union no_member {
};

struct holds_nothing {
	struct nothing nothing;
	struct {
	} unnamed;
	int something;
	struct nothing several[4];
};

/* Characters that only one of the two languages takes in a name. */
struct größe {
	int länge;
	int $dollar;
	int _;
	int __;
	int _1;
};

#define GRÖSSE_$ 7

union pointers {
	void *object;
	void (*function)(void);
	void (*table[2])(int, void *);
	struct class *self;
	const char *const *names;
};

enum string {
	value__,
	VALUE__,
	null,
	NULL_,
	async,
	Equals,
};

#define namespace_ 1
#define object_ "object"
#define GET_HASH_CODE 2
#define FINALIZE 3
#define names_constants_ 4
#define var 5
#define dynamic 6
#define record 7

#define NAMES_FLAG_1 (1 << 0)
#define NAMES_FLAG_class (1 << 1)
#define NAMES_FLAG_CLASS (1 << 2)
#define NAMES_FLAG_value__ (1 << 3)
