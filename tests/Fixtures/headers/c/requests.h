/* Requests that are enumerators, beside enumerators that are none. */
#include <linux/ioctl.h>
#include <linux/types.h>

struct req_pair {
	__u64 a;
	__u64 b;
};

enum {
	REQ_COUNT = 3,
	/* Writes and reads. */
	REQ_WRITE_READ = _IOWR('q', 1, struct req_pair),
	REQ_SET_MAX = _IOW('q', 5, __u32),
};

enum {
	REQ_ALONE = _IO('q', 6),
};

#define REQ(nr, type) _IOR('q', nr, type)

enum req_command {
	REQ_NOTHING,
	REQ_VERSION = REQ(9, __s32),
};

struct req_reply {
	enum req_command command;
	__u32 length;
};

#define REQ_MACRO _IOW('q', 10, struct req_reply)
#define REQ_ALONE REQ_ALONE
