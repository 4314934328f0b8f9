using static Faultline.AbiConsumers.Tests.Hazardous;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Protection that loses first writes, or memory that is populated only for it; next to what looks like it and is right.</summary>
public sealed class WriteProtectionTests
{
    [Fact]
    public void First_writes_to_untouched_anonymous_memory_are_lost() => Hazardous.Of("a.c", Tracker(), "lost-first-writes certain 11");

    [Theory]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_UNPOPULATED", "MAP_PRIVATE | MAP_ANONYMOUS", "",
        "UFFDIO_REGISTER_MODE_WP")]
    [InlineData("UFFD_FEATURE_WP_ASYNC", "MAP_PRIVATE | MAP_ANONYMOUS", "", "UFFDIO_REGISTER_MODE_WP")]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "MAP_SHARED | MAP_ANONYMOUS", "", "UFFDIO_REGISTER_MODE_WP")]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB", "", "UFFDIO_REGISTER_MODE_WP")]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "MAP_PRIVATE | MAP_ANONYMOUS", "memset(area, 1, size);", "UFFDIO_REGISTER_MODE_WP")]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "MAP_PRIVATE | MAP_ANONYMOUS", "",
        "UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MISSING")]
    public void Nothing_is_lost_under_async_with_markers_in_shared_memory_when_filled_or_with_missing_faults(string features,
        string flags, string before, string mode) =>
        Hazardous.Of("a.c", Tracker(features, flags, before, mode));

    [Fact]
    public void What_touches_the_memory_or_comes_from_elsewhere_makes_it_less_sure()
    {
        Hazardous.Of("a.c", Tracker(before: "area[0] = 1;"), "lost-first-writes likely 11");
        Hazardous.Of("a.c", Tracker(flags: "flags"), "lost-first-writes possible 11");
        Hazardous.Of("a.c", Tracker(features: "wanted()"), "lost-first-writes possible 11");
    }

    [Theory]
    [InlineData("for (size_t i = 0; i < size; i += 4096) area[i] = 1;")]
    [InlineData("for (size_t i = 0; i < size; i += 4096) { *(area + i) = 1; }")]
    [InlineData("for (size_t i = 0; i < size; i += 4096) *((volatile char *)(area + i)) = 1;")]
    [InlineData("size_t i = 0; while (i < size) { area[i] |= 1; i += 4096; }")]
    [InlineData("char *p = area; for (; p < area + size; p += 4096) *p = 1;")]
    [InlineData("volatile char *p = area; do { *p++ = 1; } while (p < area + size);")]
    [InlineData("if (read(file, area, size) < 0) return -1;")]
    [InlineData("if (pread(file, area, size, 0) < 0) return -1;")]
    [InlineData("fread(area, 1, size, stream);")]
    [InlineData("mlock(area, size);")]
    [InlineData("mlockall(MCL_CURRENT | MCL_FUTURE);")]
    public void What_may_fill_all_of_the_memory_makes_it_possible_at_most(string before) =>
        Hazardous.Of("a.c", Tracker(before: before), "lost-first-writes possible 11");

    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) area[0] = 1;", "likely")]
    [InlineData("for (int i = 0; i < 3; i++) sum += area[i];", "likely")]
    [InlineData("for (int i = 0; i < 3; i++) read(fd, &message, sizeof(message));", "certain")]
    public void A_loop_that_fills_nothing_leaves_it_as_sure(string before, string sure) =>
        Hazardous.Of("a.c", Tracker(before: before), $"lost-first-writes {sure} 11");

    [Theory]
    [InlineData("for (size_t i = 0; i < size; i += 4096) (void)*(volatile char *)(area + i);")]
    [InlineData("for (size_t i = 0; i < size; i += 4096) sum += ((volatile char *)area)[i];")]
    [InlineData("volatile char *p = area; for (size_t i = 0; i < size; i += 4096) p[i];")]
    [InlineData("volatile char *p = area; while (p < area + size) { sum += *p; p += 4096; }")]
    public void A_loop_of_volatile_reads_is_a_needless_preread(string before) =>
        Hazardous.Of("a.c", Tracker(before: before), "needless-preread likely 8");

    [Fact]
    public void Memory_that_a_range_gives_by_position_is_filled_too()
    {
        var filled = Tracker(before: "memset(area, 1, size);")
            .Replace("{ .start = (unsigned long)area, .len = size }", "{ (unsigned long)area, size }", StringComparison.Ordinal)
            .Replace("wp.range.start = (unsigned long)area;", "wp.range = reg.range;", StringComparison.Ordinal);
        Hazardous.Of("a.c", filled);
    }

    [Theory]
    [InlineData("madvise(area, size, MADV_POPULATE_READ);")]
    [InlineData("populate_read_range(area, size);")]
    [InlineData("pre_fault(area);")]
    public void Populating_only_for_the_protection_is_needless(string before) =>
        Hazardous.Of("a.c", Tracker(before: before), "needless-preread likely 8");

    /// <summary>The handshake that asks has its own struct, although another of the file bears the name.</summary>
    [Fact]
    public void Struct_that_is_filled_again_holds_what_it_got_last()
    {
        const string Program = "def query(q):\n    a = uffdio_api(UFFD_API, 0, 0)\n    fcntl.ioctl(q, UFFDIO_API, a)\n"
            + "a = uffdio_api(UFFD_API, UFFD_FEATURE_PAGEFAULT_FLAG_WP, 0)\nfcntl.ioctl(fd, UFFDIO_API, a)\n"
            + "r = uffdio_register()\nr.mode = UFFDIO_REGISTER_MODE_WP\nfcntl.ioctl(fd, UFFDIO_REGISTER, r)\n";
        Hazardous.Of("a.py", Program);
        Hazardous.Of("a.py", Program.Replace("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "0", StringComparison.Ordinal),
            "unchecked-answer possible 8");
    }

    [Fact]
    public void Mapping_of_Zig_is_private() => Hazardous.Of("a.zig", "fn f(fd: i32, n: usize) !void {\n "
        + "const p = try std.posix.mmap(null, n, PROT.READ, .{ .TYPE = .PRIVATE, .ANONYMOUS = true }, -1, 0);\n "
        + "var reg = UffdioRegister{ .range = .{ .start = @intFromPtr(p.ptr), .len = n }, .mode = UFFDIO_REGISTER_MODE_WP, "
        + ".ioctls = 0 };\n if (linux.ioctl(fd, UFFDIO_REGISTER, @intFromPtr(&reg)) != 0) return error.No;\n "
        + "var wp = UffdioWriteprotect{ .range = reg.range, .mode = UFFDIO_WRITEPROTECT_MODE_WP };\n "
        + "if (linux.ioctl(fd, UFFDIO_WRITEPROTECT, @intFromPtr(&wp)) != 0) return error.No;\n}", "lost-first-writes likely 6");

    [Fact]
    public void Populating_is_not_needless_where_the_feature_is_asked_for() =>
        Hazardous.Of("a.c", Tracker(features: "UFFD_FEATURE_WP_UNPOPULATED", before: "if (old) populate_read_range(area, size);"));
}
