using Faultline.AbiConsumers.Hazards;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Looks for hazards in small sources.</summary>
internal static class Hazardous
{
    /// <summary>A handshake that asks what there is.</summary>
    public const string Query = "void query(int fd) { struct uffdio_api q = { .api = UFFD_API }; if (ioctl(fd, UFFDIO_API, &q)) "
        + "fail(); use(q.features); }\n";

    /// <summary>A program of one function; what it asks for, how it maps and what it does before it protects vary.</summary>
    public static string Tracker(
        string features = "UFFD_FEATURE_PAGEFAULT_FLAG_WP", string flags = "MAP_PRIVATE | MAP_ANONYMOUS", string before = "",
            string mode = "UFFDIO_REGISTER_MODE_WP") =>
        Query + $$"""
        int track(int fd, size_t size) {
            char *area = mmap(NULL, size, PROT_READ | PROT_WRITE, {{flags}}, -1, 0);
            struct uffdio_api api = { .api = UFFD_API, .features = {{features}} };
            if (area == MAP_FAILED || ioctl(fd, UFFDIO_API, &api)) return -1;
            struct uffdio_register reg = { .range = { .start = (unsigned long)area, .len = size }, .mode = {{mode}} };
            if (ioctl(fd, UFFDIO_REGISTER, &reg)) return -1;
            {{before}}
            struct uffdio_writeprotect wp = { 0 };
            wp.range.start = (unsigned long)area; wp.range.len = size; wp.mode = UFFDIO_WRITEPROTECT_MODE_WP;
            return ioctl(fd, UFFDIO_WRITEPROTECT, &wp);
        }
        """;

    /// <summary>Reads files given as name and text.</summary>
    public static HazardReport Run(params (string File, string Text)[] files)
    {
        using var folder = new TemporaryDirectory();
        foreach (var (file, text) in files)
            folder.Write(file, text);
        return HazardScan.Run(folder.Path, CancellationToken.None);
    }

    /// <summary>Each finding as <c>kind sureness line</c>.</summary>
    public static void Of(string file, string text, params string[] expected) => Of([(file, text)], expected);

    public static void Of((string File, string Text)[] files, params string[] expected) =>
        Assert.Equal(expected,
            Run(files).Hazards.Select(hazard => $"{hazard.Kind.Id} {hazard.Sure.ToString().ToLowerInvariant()} {hazard.Line}"));
}
