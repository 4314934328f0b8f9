using System.Formats.Tar;
using System.Text;
using CsCheck;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class LineSplitterTests
{
    private static List<string> Split(byte[] bytes, IEnumerable<int> cuts, int limit = 1 << 20)
    {
        var lines = new List<string>();
        var splitter = new LineSplitter(lines.Add, limit);
        var at = 0;
        foreach (var cut in cuts.Select(c => c % (bytes.Length + 1)).Append(bytes.Length).Order())
        {
            splitter.Write(bytes.AsSpan(at, cut - at));
            at = cut;
        }

        splitter.Complete();
        return lines;
    }

    [Fact]
    public void Lines_do_not_depend_on_where_the_stream_was_cut() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.OneOf('\n', '\r', 'é', '漢'), Gen.Char['a', 'z']), 0, 60], Gen.Int[0, 1000].List[0, 8]).Sample((text, cuts) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Split(bytes, []), Split(bytes, cuts));
        });

    [Fact]
    public void Line_ends_are_dropped_with_a_carriage_return_before_them() =>
        Assert.Equal(["one", "", "two\rthree", "last"], Split("one\r\n\ntwo\rthree\nlast"u8.ToArray(), []));

    [Fact]
    public void A_line_beyond_the_limit_comes_in_parts_so_that_memory_is_bounded() =>
        Assert.Equal(["abcd", "efgh", "ij", "k"], Split("abcdefghij\nk"u8.ToArray(), [], limit: 4));

    [Fact]
    public void The_tail_keeps_the_last_lines()
    {
        var tail = new LineTail(2);
        foreach (var line in (string[])["a", "b", "c"])
            tail.Add(line);
        Assert.Equal(["b", "c"], tail.ToList());
    }
}

public class TarArchiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryStream Archive(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        stream.Position = 0;
        return stream;
    }

    private static PaxTarEntry FileEntry(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    [Fact]
    public async Task A_folder_comes_back_as_it_was_packed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("from/run", "#!/bin/sh\n");
        folder.Write("from/deep/er/data", new string('x', 100_000));
        File.SetUnixFileMode(folder.Of("from", "run"), (UnixFileMode)0b111_101_101);
        using var archive = TarArchive.Pack(ContainerInput.FromHost(folder.Of("from"), "/x/name"), "name", "7:8");
        using (var reader = new TarReader(archive, leaveOpen: true))
        {
            while (reader.GetNextEntry() is { } entry)
            {
                Assert.StartsWith("name/", entry.Name, StringComparison.Ordinal);
                Assert.Equal((7, 8), (entry.Uid, entry.Gid));
            }
        }

        archive.Position = 0;
        await TarArchive.UnpackAsync(archive, folder.Of("to"), Token);
        Assert.Equal(File.ReadAllText(folder.Of("from", "deep", "er", "data")), File.ReadAllText(folder.Of("to", "deep", "er", "data")));
        Assert.True(File.GetUnixFileMode(folder.Of("to", "run")).HasFlag(UnixFileMode.UserExecute));
        Assert.Empty(Directory.EnumerateFiles(folder.Of("to"), "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_single_file_takes_the_targets_name_and_replaces_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("result", "old");
        await TarArchive.UnpackAsync(Archive(FileEntry("bzImage", "new")), folder.Of("result"), Token);
        Assert.Equal("new", File.ReadAllText(folder.Of("result")));
    }

    [Theory]
    [InlineData("out/../../evil")]
    [InlineData("out/a/../../../evil")]
    [InlineData("out//etc/evil")]
    public async Task An_entry_that_points_outside_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsAsync<InvalidDataException>(() => TarArchive.UnpackAsync(Archive(FileEntry(name, "x")), folder.Of("target", "inner"), Token));
        Assert.False(File.Exists(folder.Of("evil")));
        Assert.False(File.Exists(folder.Of("target", "evil")));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../secret")]
    public async Task A_link_that_points_outside_is_refused(string link)
    {
        using var folder = new TemporaryFolder();
        var entry = new PaxTarEntry(TarEntryType.SymbolicLink, "out/link") { LinkName = link };
        await Assert.ThrowsAsync<InvalidDataException>(() => TarArchive.UnpackAsync(Archive(entry), folder.Of("target"), Token));
    }

    [Fact]
    public void The_same_folder_gives_the_same_context_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b", "2");
        folder.Write("a/c", "1");
        byte[] Pack()
        {
            using var stream = (MemoryStream)TarArchive.PackContext(folder.Path);
            return stream.ToArray();
        }

        var first = Pack();
        File.SetLastWriteTimeUtc(folder.Of("b"), DateTime.UtcNow.AddDays(-3));
        Assert.Equal(first, Pack());
    }

    [Fact]
    public async Task Reads_of_a_download_after_its_end_return_nothing()
    {
        using var stream = new DownloadStream(new OnceReadable("data"u8.ToArray()));
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, Token));
        Assert.Equal(4, await stream.ReadAsync(new byte[10], Token));
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Token));
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Token));
    }

    /// <summary>As the client's chunked stream: a read of zero bytes, or a read after the one that returned 0, throws.</summary>
    private sealed class OnceReadable(byte[] data) : MemoryStream(data)
    {
        private bool _ended;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_ended || buffer.IsEmpty)
                throw new EndOfStreamException();
            var read = await base.ReadAsync(buffer, cancellationToken);
            _ended = read == 0;
            return read;
        }
    }
}
