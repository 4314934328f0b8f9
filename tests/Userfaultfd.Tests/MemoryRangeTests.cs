namespace Faultline.Userfaultfd.Tests;

public sealed class MemoryRangeTests
{
    private static readonly nuint PageSize = MemoryRange.PageSize;

    [Fact]
    public void A_page_is_found_from_any_address_in_it()
    {
        Assert.Equal(new MemoryRange(5 * PageSize, PageSize), MemoryRange.PageAround(5 * PageSize));
        Assert.Equal(new MemoryRange(5 * PageSize, PageSize), MemoryRange.PageAround(6 * PageSize - 1));
        Assert.Equal(new MemoryRange(6 * PageSize, PageSize), MemoryRange.PageAround(6 * PageSize));
    }

    [Fact]
    public void Pages_of_a_range_are_counted_from_its_start()
    {
        var range = new MemoryRange(0x10000, 4 * PageSize);
        Assert.Equal(4ul, range.PageCount);
        Assert.Equal(new MemoryRange(0x10000 + 2 * PageSize, PageSize), range.Pages(2));
        Assert.Equal(range.End, range.Pages(1, 3).End);
    }

    [Theory]
    [InlineData(0xfffu, false)]
    [InlineData(0x1000u, true)]
    [InlineData(0x1fffu, true)]
    [InlineData(0x2000u, false)]
    public void Both_ends_decide_what_a_range_contains(uint address, bool contained) =>
        Assert.Equal(contained, new MemoryRange(0x1000, 0x1000).Contains(address));

    [Fact]
    public void A_range_at_the_end_of_the_address_space_contains_its_last_byte() =>
        Assert.True(new MemoryRange(nuint.MaxValue - 0xfff, 0x1000).Contains(nuint.MaxValue));

    [Fact]
    public void A_range_reads_as_start_and_length() => Assert.Equal("0x1000+0x2000", new MemoryRange(0x1000, 0x2000).ToString());
}
