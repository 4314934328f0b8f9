int uf(void)
{
	return 3;
}
