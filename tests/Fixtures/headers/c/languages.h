/* What is awkward to say in other languages: their words as names, names that become one, and layouts that only C has. */
#ifndef LANGUAGES_H
#define LANGUAGES_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Words of Rust, Go, C# and syzlang. */
struct words {
	int type, match, func, in, out, inout, ref, self, Self, yield, async, await, dyn, impl, fn, let, mut, pub, move, trait, where;
	int crate, super, chan, defer, go, interface, map, package, range, select, var, fallthrough, import, string, nil, len, cap;
	int append, iota, uint32, byte, error, any, object, base, namespace, is, as, lock, event, record, field, value, get, set;
	int init, file, required, scoped, parent, syscall, opt, ptr, array, bytesize, flags, text, fmt, resource, define, include;
	int meta, u8, u32, usize, str, gen, macro, raw, box, abstract, become, final, override, priv, unsized, virtual, try, _, __;
};
struct type { int a; };
struct func { struct type type; };
union match { int a; struct func func; };
struct Self { int a; };
struct self { int a; };
struct u32 { int u32; };
struct string { int string; };
struct String { int a; };
enum yield { yield_async, yield_await = 7 };
enum in { in_in, in_out };
enum fn { fn_fn = 1, match_ = 2, async_ = 3 };
struct uses { struct Self Self; struct self self; struct u32 u32; enum yield yield; enum in in; enum fn fn; struct string string; };

/* Names that become one, and names that generated code needs. */
struct coll {
	int foo_bar, fooBar, FooBar, foo__bar, _foo_bar, flags, Flags, FLAGS, coll, Coll, Equals, ToString, get_foo, set_foo;
	unsigned int foo : 3, set_foo_ : 2;
	char arr[3], arrArray[2];
	int arr_array;
	struct { int x; } sub;
	struct { int y; } subStruct;
	int sub_struct;
};
struct inner { int n; struct { int x; } Inner; union { int q; } inner; int pad0, pad1, _pad; __u8 a; __u64 b; __u8 c; };
struct dup { int x; };
typedef struct { int y; } Dup;
enum DUP { DUP_A };
struct flex { int dataOffset, data_offset, data_of, data[]; };

/* Values beyond int. */
enum big { BIG_A = 0x7fffffff, BIG_B = 0xffffffffUL, BIG_C = 0x100000000ULL, BIG_D = 0xffffffffffffffffULL };
enum negative { NEG_A = -1, NEG_B = 0x7fffffffL, NEG_C = -2147483647 - 1 };
enum wide_negative { WIDE_NEG_A = -1, WIDE_NEG_B = 0x80000000L, WIDE_NEG_C = -9223372036854775807LL - 1 };
enum __attribute__((packed)) small { SMALL_A, SMALL_B = 255 };
enum same { SAME_A, SAME_B = 0, SAME_C = 0 };
enum { NAMELESS_A, NAMELESS_B = -5 };
struct enums { enum big big; enum negative n; enum wide_negative w; enum small s[3]; enum same a; enum { IN_A, IN_B } inner; };

/* Bit-fields. */
struct bits_of_words {
	unsigned int a:1, b:31;
	__u64 c:40, d:24;
	int e:5;
	unsigned int :0;
	short f:9;
	unsigned char g:8;
	long long h:63;
	_Bool i:1;
};
struct __attribute__((packed)) packed_bits { unsigned int a:3; __u64 b:60; unsigned char c; int d:17; };
union bits_in_union { unsigned int a:7; int b:9; __u64 c:64; };

/* Arrays. */
struct zero { int n; int z[0]; };
struct zero_first { __u64 z[0]; __u8 c; };
struct empty { };
struct has_empty { int a; struct empty e; int b; };
struct flex_union { int n; union { __DECLARE_FLEX_ARRAY(int, ints); __DECLARE_FLEX_ARRAY(struct type, types); }; };
struct flex_nested { int n; struct { int m; char c[]; } tail; };
struct arrays_of_all {
	char name[16], rows[2][3];
	unsigned char u[4];
	int in[2], m[2][3][4];
	struct { int a[2]; char b[3]; } st[2][2];
	void *p[3];
};

/* Unions in unions. */
union in_union {
	int a;
	union { long b; union { char c[3]; struct { short d, e; } f; }; } g;
	struct { union { int h; float i; }; int j; };
};
union three { char c[3]; };
union __attribute__((packed)) packed_union { __u32 a; __u64 b; char c[9]; };
union __attribute__((aligned(16))) aligned_union { int a; };
struct has_unions { char c; union three u; union packed_union p; union aligned_union l; };

/* Packed and aligned. */
struct __attribute__((packed)) pack { char a; int b; __u64 c; short d[3]; void *e; };
struct __attribute__((packed, aligned(4))) pack4 { char a; __u64 b; char c; };
struct __attribute__((aligned(64))) line { int a; };
struct has_line { char c; struct line l[2]; struct pack4 k; };
struct member_aligned { char a; int b __attribute__((aligned(32))); char c; __u64 d __attribute__((aligned(4))); };
struct __attribute__((packed)) packed_aligned { char a; int b __attribute__((aligned(8))); };
struct member_packed { char a; int b __attribute__((packed)); __u64 c; };
typedef __u64 __attribute__((aligned(4))) u64_4;
struct less_aligned { int a; u64_4 b; };
typedef int __attribute__((aligned(16))) int_16;
struct more_aligned { char c; int_16 b; };

/* Pointers to functions and others. */
typedef int (*callback_t)(void *, const char *, struct type *, ...);
struct pointers {
	void (*f)(void);
	int (*g[3])(int (*)(int)), (**pp)(void), (*row)[4];
	callback_t cb;
	const volatile char *const cv;
};

/* What has no integer of its size, or no type at all. */
struct wide { __int128 a; unsigned __int128 b; char c; __int128 d[2]; };
struct __attribute__((packed)) packed_wide { char c; __int128 a; };
struct floats { float f; double d; long double ld; _Bool b; _Complex double cd; };
typedef int vector_t __attribute__((vector_size(16)));
struct vectors { vector_t v; int a; };
struct orders { __be16 a; __be32 b; __be64 c; __le16 d; __le32 e; __le64 f; __be32 g[4]; __sum16 h; };

#define LANG_WORDS _IOW('l', 1, struct words)
#define LANG_WIDE _IOR('l', 2, __int128)
#define LANG_FLEX _IOWR('l', 3, struct flex)
#define LANG_ROWS _IOW('l', 4, int[2][3])
#define LANG_NONE _IO('l', 5)
#define LANG_UNION _IOW('l', 6, union in_union)
#define LANG_ENUM _IOW('l', 7, enum big)
#define LANG_ARRAYS _IOW('l', 8, struct arrays_of_all)
#define LANG_DOUBLE _IOR('l', 9, long double)
#define LANG_NAME(len) _IOC(_IOC_READ, 'l', 10, len)
#define LANG_SLOT(type, in) _IOC(_IOC_READ, 'l', 20 + (in), type)
#define LANG_LINES _IOW('l', 11, struct has_line)
#define LANG_BITS _IOW('l', 12, struct packed_bits)
#define LANG_POINTER _IOW('l', 13, void *)
#define LANG_EMPTY _IOW('l', 14, struct empty)
#define LANG_CALL _IOW('l', 15, callback_t)

#define LANG_TEXT "a\"b\\c\n\t`${0}"
#define LANG_LETTER 'x'
#define LANG_INT_MIN (-2147483647 - 1)
#define LANG_LONG_MIN (-9223372036854775807LL - 1)
#define LANG_U64 0xffffffffffffffffULL
#define LANG_REAL 1.5
#define LANG_INFINITE (1e308 * 1e308)
#define LANG_NOWHERE ((void *)0)
#define LANG_TRUE ((_Bool)1)
#define LANG_SIZE sizeof(struct words)

#endif
