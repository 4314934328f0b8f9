/* Sizes that a compiler takes and a model does not tell. */
struct huge {
	char bytes[1UL << 41];
};
typedef char huge_t[1UL << 41];
union holds_huge {
	struct huge huge;
	int small;
};
struct aligned {
	int member __attribute__((aligned(1 << 28)));
};
