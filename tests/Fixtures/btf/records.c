/* Makes the compiler keep every type of records.h, and enums of every width. */
#include "records.h"

enum small { SMALL_NONE, SMALL_ONE };
enum negative { NEGATIVE = -5, POSITIVE = 7 };
enum large { LARGE = 0x8000000000000000ULL };
typedef enum { ONLY_TYPEDEF = 3 } named_by_typedef;
enum { NAMELESS = 9 };

struct plain plain;
struct packed_one packed_one;
struct aligned_one aligned_one;
struct bits bits;
struct arrays arrays;
struct zero_length zero_length;
union either either;
struct nested nested;
struct with_typedefs with_typedefs;
struct empty empty;
struct tail tail;
handles_t handles;
enum small small;
enum negative negative;
enum large large;
named_by_typedef by_typedef;
int nameless(void)
{
	return NAMELESS;
}
