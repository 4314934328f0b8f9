#include <linux/k.h>
int main(void)
{
	return 1;
}
