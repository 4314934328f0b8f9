using System.Collections.Concurrent;
using System.Globalization;
using Faultline.AbiExtractor.Tests.Fuzzing;

namespace Faultline.AbiExtractor.Tests;

/// <summary>
/// Headers nobody would write: each gives a model that survives its file, or an error with a place; no crash, no hang. The model's own parser
/// is fuzzed in AbiModel.Tests. Another run of other headers: set FAULTLINE_FUZZ_SEED and FAULTLINE_FUZZ_COUNT.
/// </summary>
[Trait("needs", "libclang")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Targets = ["x86_64-linux-gnu", "i386-linux-gnu", "s390x-linux-gnu", "mips-linux-gnu", "arm-linux-gnueabihf"];

    private static readonly string Findings = Path.Combine(Repository.Root, "tests", "Fixtures", "fuzz", "headers");

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public async Task Ten_thousand_headers_give_a_model_or_an_error_with_a_place()
    {
        var (seed, count) = (Setting("FAULTLINE_FUZZ_SEED", 1), Setting("FAULTLINE_FUZZ_COUNT", 10_000));
        output.WriteLine($"seeds {seed} to {seed + count - 1}; one of them alone: FAULTLINE_FUZZ_SEED=… FAULTLINE_FUZZ_COUNT=1");
        var answers = await Run(Enumerable.Range(seed, count).Select(at => (at.ToString(CultureInfo.InvariantCulture), HeaderMaker.Make(at))));
        var bugs = answers.Where(answer => answer.Answer.StartsWith("bug", StringComparison.Ordinal)).OrderBy(answer => answer.Name, StringComparer.Ordinal).ToList();
        var models = answers.Count(answer => answer.Answer == "model");
        output.WriteLine($"{answers.Count} headers: {models} models, {answers.Count - models - bugs.Count} refused, {bugs.Count} findings");
        Assert.True(bugs.Count == 0, $"{bugs.Count} findings; keep the header of a seed in {Findings}\n" + string.Join('\n', bugs.Take(20).Select(bug => $"seed {bug.Name}: {bug.Answer}")));
        Assert.True(count < 1000 || (models > count / 20 && models < count * 19 / 20), $"{models} models of {count}: the damage is too mild or too strong to test anything");
    }

    /// <summary>Headers that once were a crash, a hang or a wrong model.</summary>
    [Fact]
    public async Task What_was_found_once_stays_repaired()
    {
        var files = Directory.GetFiles(Findings, "*.h");
        Assert.NotEmpty(files);
        var answers = await Run(files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))));
        Assert.All(answers, answer => Assert.False(answer.Answer.StartsWith("bug", StringComparison.Ordinal), $"{answer.Name}: {answer.Answer}"));
    }

    private static async Task<IReadOnlyCollection<(string Name, string Answer)>> Run(IEnumerable<(string Name, byte[] Header)> headers)
    {
        using var directory = new TemporaryDirectory();
        // A directory of headers of its own: what this machine has in /usr/include decides nothing.
        directory.Write("linux/types.h", "");
        var workers = new ConcurrentBag<FuzzWorker>();
        var answers = new ConcurrentBag<(string, string)>();
        try
        {
            await Parallel.ForEachAsync(headers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken },
                async (item, cancellation) =>
                {
                    var worker = workers.TryTake(out var idle) ? idle : new();
                    var folder = Directory.CreateDirectory(Path.Combine(directory.Path, item.Name)).FullName;
                    var header = Path.Combine(folder, "fuzz.h");
                    await File.WriteAllBytesAsync(header, item.Header, cancellation);
                    answers.Add((item.Name, await worker.Ask(header, Targets[item.Header.Length % Targets.Length], cancellation)));
                    workers.Add(worker);
                    Directory.Delete(folder, recursive: true);
                });
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
        return answers;
    }
}
