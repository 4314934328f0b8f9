#define UFFD_TOY 1
