#define K 1
