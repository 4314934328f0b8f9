#include <linux/ioctl.h>
#include <linux/types.h>

struct request {
	__u64 address;
	__u32 length;
	__u32 flags;
};

#define MAGIC 'R'
#define REQUEST_NONE		_IO(MAGIC, 0)
#define REQUEST_READ		_IOR(MAGIC, 1, struct request)
#define REQUEST_WRITE		_IOW(MAGIC, 2, __u32)
#define REQUEST_BOTH		_IOWR(MAGIC, 3, struct request)
#define REQUEST_ARRAY		_IOR(MAGIC, 4, char[32])
#define REQUEST_RAW		_IOC(_IOC_WRITE, 'R', 5, 12)
#define REQUEST_RAW_SIZED	_IOC(_IOC_READ | _IOC_WRITE, 'R', 6, sizeof(struct request))
#define REQUEST_POINTER		_IOW(MAGIC, 7, void *)

/* Through a macro of the header's own, as drm and others do. */
#define RIOWR(nr, type)		_IOWR(MAGIC, nr, type)
#define REQUEST_WRAPPED		RIOWR(8, struct request)
#define REQUEST_ALIAS		REQUEST_WRAPPED

/* Not requests, though made of one. */
#define REQUEST_NUMBER		_IOC_NR(REQUEST_BOTH)
#define REQUEST_SUM		(REQUEST_BOTH + 1)
#define REQUEST_UNKNOWN		_IOR(MAGIC, 9, struct nobody_knows)
