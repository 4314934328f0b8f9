using System.Text;
using System.Text.Json;
using CsCheck;
using Faultline.AbiConsumers.Reports;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Whole folders: what is read, what is skipped, and what the reports say.</summary>
public sealed class ScanTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private ConsumerReport Run() => ConsumerScan.Run(_folder.Path, Scan.Header, TestContext.Current.CancellationToken);

    [Fact]
    public void Names_are_resolved_across_files_but_never_between_two_answers()
    {
        _folder.Write("a.h", "#define SHIFT 15\n#define TWO_WAYS 6\n");
        _folder.Write("b.h", "#define TWO_WAYS 7\n");
        _folder.Write("c.c", "#define UFFD_FEATURE_WP_ASYNC (1 << SHIFT)\n#define UFFD_FEATURE_SIGBUS (1 << TWO_WAYS)\n");
        var report = Run();
        Assert.Equal("same", report.State("UFFD_FEATURE_WP_ASYNC"));
        Assert.Equal("unclear", report.State("UFFD_FEATURE_SIGBUS"));
        Assert.Contains("TWO_WAYS is not defined in this source, or in several ways", ConsumerText.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_says_where_and_what()
    {
        _folder.Write("src/a.c", "\n#define UFFD_FEATURE_SIGBUS (1 << 6)\n");
        var text = ConsumerText.Write(Run() with { Folder = "here" });
        Assert.StartsWith("here against linux/userfaultfd.h (x86_64-linux-gnu)\nread 1 C file\n  different  flag "
            + "UFFD_FEATURE_SIGBUS: the header has 1 << 7; is 1 << 6 (src/a.c:2)\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  missing    ioctl UFFDIO_MOVE\n", text, StringComparison.Ordinal);
        Assert.Contains("| flag | `UFFD_FEATURE_SIGBUS` | the header has 1 << 7; is 1 << 6 (src/a.c:2) |", ConsumerMarkdown.Write(Run()),
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(ConsumerJson.Write(Run()));
        var use = json.RootElement.GetProperty("names").EnumerateArray()
            .Single(name => name.GetProperty("name").GetString() == "UFFD_FEATURE_SIGBUS");
        Assert.Equal("different", use.GetProperty("definitions")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("#ifdef OLD\n#define UFFD_FEATURE_SIGBUS (1 << 6)\n#else\n#define UFFD_FEATURE_SIGBUS (1 << 7)\n#endif", "unclear unclear")]
    [InlineData("#ifdef OLD\n#define UFFD_FEATURE_SIGBUS f()\n#else\n#define UFFD_FEATURE_SIGBUS (1 << 6)\n#endif\n", "unclear unclear")]
    [InlineData("#ifdef OLD\n#define UFFD_FEATURE_SIGBUS 128\n#else\n#define UFFD_FEATURE_SIGBUS (1 << 7)\n#endif\n", "same same")]
    [InlineData("#ifdef OLD\n#define UFFD_FEATURE_SIGBUS 1\n#else\n#define UFFD_FEATURE_SIGBUS 2\n#endif\n", "different different")]
    [InlineData("#define UFFD_FEATURE_SIGBUS 1\n", "different")]
    public void What_one_file_defines_in_several_ways_is_unclear(string text, string expected)
    {
        _folder.Write("a.h", text);
        Assert.Equal(expected, Run().State("UFFD_FEATURE_SIGBUS"));
    }

    [Fact]
    public void Another_file_with_another_value_is_different_all_the_same()
    {
        _folder.Write("a.h", "#define UFFD_FEATURE_SIGBUS (1 << 7)\n");
        _folder.Write("b.h", "#define UFFD_FEATURE_SIGBUS (1 << 6)\n");
        Assert.Equal("same different", Run().State("UFFD_FEATURE_SIGBUS"));
    }

    [Fact]
    public void Pipes_and_links_to_nothing_are_listed()
    {
        _folder.Write("empty.c", "");
        _folder.Write("good.c", "int x = UFFD_FEATURE_SIGBUS;");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling.c"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "circle.c"), "circle.c");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling.png"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.c"), "good.c");
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.Path, "pipe.c")]);
        mkfifo.WaitForExit();
        Assert.Equal(["circle.c: a link that leads to nothing", "dangling.c: a link that leads to nothing",
            "pipe.c: a pipe, a socket or a device"],
            Run().Skipped.Select(skipped => $"{skipped.Path}: {skipped.Reason}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Same_folder_gives_the_same_report()
    {
        foreach (var name in new[] { "z.c", "a.rs", "m/k.go", "m/b.py" })
            _folder.Write(name, "UFFD_FEATURE_SIGBUS = 1\n#define UFFD_FEATURE_SIGBUS 1\nconst UFFD_FEATURE_SIGBUS = 1\n");
        Assert.Equal(ConsumerJson.Write(Run()), ConsumerJson.Write(Run()));
    }

    [Fact]
    public void Links_binaries_foreign_encodings_and_pipes_are_no_trouble()
    {
        _folder.Write("good.c", "int x = UFFD_FEATURE_SIGBUS;");
        File.WriteAllBytes(Path.Combine(_folder.Path, "binary.c"), [.. Encoding.ASCII.GetBytes("UFFD_FEATURE_MOVE"), 0, 1, 2]);
        File.WriteAllBytes(Path.Combine(_folder.Path, "latin1.c"), [0xE9, 0xFF, .. Encoding.ASCII.GetBytes(" UFFD_FEATURE_POISON")]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "loop"), _folder.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling.c"), "/nonexistent/x.c");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.Path, "pipe.c")]))
            mkfifo.WaitForExit();
        var report = Run();
        Assert.Equal("mentioned", report.State("UFFD_FEATURE_SIGBUS"));
        Assert.Equal("mentioned", report.State("UFFD_FEATURE_POISON"));
        Assert.Equal("missing", report.State("UFFD_FEATURE_MOVE"));
        Assert.Equal(2, report.Files["C"]);
        Assert.Contains(new("binary.c", "binary"), report.Skipped);
    }

    [Fact]
    public void Huge_file_is_skipped_and_told()
    {
        using (var file = File.Create(Path.Combine(_folder.Path, "huge.h")))
            file.SetLength(SourceTree.LargestFile + 1);
        Assert.Contains("MiB", Assert.Single(Run().Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_in_any_language_is_read()
    {
        string[] files = ["a.c", "a.rs", "a.go", "a.cs", "a.py", "a.zig", "a.java", "a.txt", "a.const", "a.hs"];
        string[] words = ["const", "enum", "struct", "class", "#define", "type", "UFFD_FEATURE_SIGBUS", "uffdio_range", "=", "{", "}",
            "(", ")", "[", "]", ";", ",", ":", "\n", "'", "\"", "/*", "*/", "//", "#", "\\\n", "1", "<<", "iota", "`", "r#\"", "\"\"\"",
            "::", " ", "ioctl_read!", "\\\\", "@as", "import \"C\"\n", "resource x[fd]\n", "arches = \n", "_fields_",
            "class a(Structure)", "packed", "extern", "fixed", "opcode::read::<"];
        Gen.Select(Gen.OneOf(files), Gen.OneOf(words).Array[0, 60]).Sample((file, text) =>
            Scan.Run(file, string.Concat(text)).Uses.Count == Scan.Run(file, "x").Uses.Count, iter: 1500);
    }

    [Fact]
    public void A_quarter_megabyte_without_an_end_is_read_in_time()
    {
        string[] texts =
        [
            new string('{', 1 << 18),
            new string('(', 1 << 18),
            "const (\n" + string.Concat(Enumerable.Repeat("A = (\n", 1 << 14)),
            "/*" + new string('*', 1 << 18),
            string.Concat(Enumerable.Repeat("enum {", 1 << 14)),
            "resource x[fd]\narches = \n" + string.Concat(Enumerable.Repeat("struct s { a, ", 1 << 14)),
            string.Concat(Enumerable.Repeat("//\n", 1 << 16)) + "import \"C\"",
            string.Concat(Enumerable.Repeat("ioctl_read!(a, ", 1 << 14)),
            string.Concat(Enumerable.Repeat("const a = packed struct(", 1 << 14)),
            "\"" + new string('\\', 1 << 18),
        ];
        foreach (var text in texts)
        {
            foreach (var file in new[] { "a.c", "a.rs", "a.go", "a.cs", "a.py", "a.zig", "a.txt", "a.const", "a.hs" })
            {
                var watch = System.Diagnostics.Stopwatch.StartNew();
                Assert.NotEmpty(Scan.Run(file, text).Uses);
                // A few tenths of a second when each token is looked at a bounded number of times; minutes when not.
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(40), $"{file} {text[..20]}: {watch.Elapsed}");
            }
        }
    }
}
