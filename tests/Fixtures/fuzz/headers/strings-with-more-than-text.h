/* A string with a NUL byte inside, or of wide characters, once lost what came behind. */
#define CUT "before\0after"
#define WIDE L"wide"
#define CONCATENATED "a" "\0" "b"
#define THROUGH (CUT)
