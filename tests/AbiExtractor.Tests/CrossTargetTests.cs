using System.Collections.Concurrent;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The cross compilers as judges: what a model says for another machine is what that machine's gcc computes from that machine's headers.</summary>
[Trait("needs", "libclang")]
public sealed class CrossTargetTests(ITestOutputHelper output)
{
    /// <summary>Targets that build.sh installs a compiler for: other alignment, another byte order, another char.</summary>
    private static readonly string[] Demanded = ["i386-linux-gnu", "aarch64-linux-gnu", "s390x-linux-gnu"];

    /// <summary>Headers that are always asked about; of the others one in <see cref="Stride"/>. FAULTLINE_CROSS=all asks about all.</summary>
    private static readonly HashSet<string> Always = new(
        ["bpf.h", "btrfs.h", "fuse.h", "input.h", "io_uring.h", "ip.h", "kvm.h", "nl80211.h", "perf_event.h", "tcp.h", "userfaultfd.h", "videodev2.h", "vfio.h", "if_packet.h"], StringComparer.Ordinal);

    private const int Stride = 6;

    private static readonly string[] Folders = ["asm", "linux", "drm", "rdma", "sound"];

    [Fact]
    public async Task Models_of_other_machines_agree_with_their_compilers()
    {
        using var directory = new TemporaryDirectory();
        var missing = CrossCompiler.All.Where(compiler => !compiler.IsInstalled).ToList();
        foreach (var compiler in missing)
            output.WriteLine($"NOT CHECKED: {compiler.Target}, for {compiler.Program} or {compiler.Include}/linux is missing (Debian: {compiler.Packages})");
        var disagreements = new ConcurrentBag<string>();
        foreach (var compiler in CrossCompiler.All.Except(missing))
            await Check(compiler, Directory.CreateDirectory(Path.Combine(directory.Path, compiler.Target)).FullName, disagreements);
        Assert.True(disagreements.IsEmpty, $"{disagreements.Count} disagreements\n{string.Join('\n', disagreements.Order(StringComparer.Ordinal).Take(60))}");
        Assert.True(!missing.Exists(compiler => Demanded.Contains(compiler.Target)),
            $"./build.sh installs what is needed, or: apt-get install {string.Join(' ', missing.Where(compiler => Demanded.Contains(compiler.Target)).Select(compiler => compiler.Packages))}");
    }

    private async Task Check(CrossCompiler compiler, string directory, ConcurrentBag<string> disagreements)
    {
        var headers = Headers(compiler.Include);
        var (checkedHeaders, agreed, refused) = (0, 0, 0);
        await Parallel.ForAsync(0, headers.Count, TestContext.Current.CancellationToken, async (index, cancellation) =>
        {
            List<Fact> facts;
            try
            {
                facts = [.. Fact.Of(HeaderExtractor.Extract(new() { Path = headers[index], Target = compiler.Target }))];
            }
            catch (ExtractionException exception)
            {
                var (status, _, _) = await CProbe.Run(compiler.Program, ["-std=gnu17", "-w", "-fsyntax-only", "-nostdinc", "-isystem", compiler.Include, "-x", "c", headers[index]], cancellation);
                if (status == 0)
                    disagreements.Add($"{headers[index]}: gcc takes it, the extractor does not: {exception.Message}");
                Interlocked.Increment(ref refused);
                return;
            }
            var (answers, complaint) = await compiler.Ask(headers[index], facts, directory, $"h{index}", cancellation);
            if (complaint.Contains("No such file or directory", StringComparison.Ordinal))
            {
                output.WriteLine($"NOT CHECKED: {headers[index]}, for the C library of {compiler.Target} is not installed: {complaint}");
                return;
            }
            if (complaint.Length > 0)
                disagreements.Add($"{headers[index]}: {complaint}");
            foreach (var fact in facts.Where(fact => complaint.Length == 0 && answers[fact.Key] != fact.Value))
                disagreements.Add($"{headers[index]}: {fact.Key} is {fact.Value} in the model and {answers[fact.Key]} to {compiler.Program}");
            Interlocked.Increment(ref checkedHeaders);
            Interlocked.Add(ref agreed, facts.Count(fact => answers.GetValueOrDefault(fact.Key) == fact.Value));
        });
        output.WriteLine($"{compiler.Target}: {checkedHeaders} of {headers.Count} headers checked, {agreed} sizes, alignments, offsets, bits and values agree with {compiler.Program}; {refused} are no C on their own");
        Assert.True(checkedHeaders > headers.Count / 2, $"{compiler.Target}: too few headers were checked");
    }

    private static List<string> Headers(string root)
    {
        var all = Folders.Select(name => Path.Combine(root, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.h", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).ToList();
        return Environment.GetEnvironmentVariable("FAULTLINE_CROSS") == "all" ? all
            : [.. all.Where((header, index) => index % Stride == 0 || header.Contains("/asm/", StringComparison.Ordinal) || Always.Contains(Path.GetFileName(header)))];
    }
}
