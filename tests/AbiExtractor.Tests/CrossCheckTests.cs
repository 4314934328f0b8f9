using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>
/// The C compiler as judge: for every uapi header of this machine, gcc tells sizes, offsets and values, and all must agree with the model;
/// and every name that gcc finds in the header is in exactly one list of the model.
/// </summary>
[Trait("needs", "libclang")]
public sealed class CrossCheckTests(ITestOutputHelper output)
{
    /// <summary>Where uapi headers are installed; a directory that is absent is not one of this machine's.</summary>
    private static readonly string[] Directories =
        ["linux", "asm-generic", "drm", "misc", "mtd", "rdma", "regulator", "scsi", "sound", "video", "xen", RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x86_64-linux-gnu/asm" : "asm"];

    [Fact]
    public async Task Model_agrees_with_the_compiler_on_every_header_of_this_machine()
    {
        using var directory = new TemporaryDirectory();
        var headers = Directories.Select(name => Path.Combine("/usr/include", name)).Where(Directory.Exists)
            .SelectMany(root => Directory.GetFiles(root, "*.h", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).ToList();
        var tally = new Tally(output);
        await Parallel.ForAsync(0, headers.Count, TestContext.Current.CancellationToken, async (index, cancellation) =>
            await Check(headers[index], Path.Combine(directory.Path, $"h{index}.o"), tally, cancellation));

        output.WriteLine(tally.ToString());
        foreach (var refused in tally.RefusedByBoth.Order(StringComparer.Ordinal))
            output.WriteLine($"no C on its own, says gcc too: {refused}");
        Assert.True(tally.Disagreements.IsEmpty, $"{tally}\n{string.Join('\n', tally.Disagreements.Order(StringComparer.Ordinal).Take(60))}");
        Assert.True(tally.Headers >= headers.Count * 9 / 10, $"too few headers were checked: {tally}");
    }

    [Theory]
    [InlineData("records")]
    [InlineData("macros")]
    [InlineData("ioctls")]
    [InlineData("names")]
    public async Task Model_agrees_with_the_compiler_on_every_shape(string name)
    {
        using var directory = new TemporaryDirectory();
        var header = Path.Combine(Repository.Headers, "c", name + ".h");
        var facts = Fact.Of(AbiFile.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(header, ".abi.json"), TestContext.Current.CancellationToken))).ToList();
        var (answers, complaint) = await CProbe.Ask(
            "gcc", [], header, facts, Path.Combine(directory.Path, name + ".o"), TestContext.Current.CancellationToken);
        Assert.Equal("", complaint);
        Assert.NotEmpty(facts);
        Assert.All(facts, fact => Assert.Equal(fact.Key + " " + fact.Value, fact.Key + " " + answers.GetValueOrDefault(fact.Key)));
    }

    [Fact]
    public async Task Wrong_model_is_noticed()
    {
        using var directory = new TemporaryDirectory();
        var header = directory.Write("sample.h", "struct sample { char a; long b; unsigned c : 3; };\n#define VALUE 7\n");
        var spec = HeaderExtractor.Extract(new() { Path = header });
        var wrong = Fact.Of(spec).Select(fact => fact with { Value = fact.Value + "1" }).ToList();
        var (answers, _) = await CProbe.Ask(
            "gcc", [], header, wrong, Path.Combine(directory.Path, "sample.o"), TestContext.Current.CancellationToken);
        Assert.Equal(8, wrong.Count);
        Assert.All(wrong, fact => Assert.NotEqual(fact.Value, answers[fact.Key]));
    }

    [Fact]
    public async Task Names_that_a_model_lacks_are_noticed()
    {
        using var directory = new TemporaryDirectory();
        var header = directory.Write("sample.h", "struct sample { char a; };\nenum kind { FIRST };\ntypedef int word_t;\n#define VALUE 7\n");
        var spec = HeaderExtractor.Extract(new() { Path = header });
        var binary = Path.Combine(directory.Path, "sample.o");
        var cancellation = TestContext.Current.CancellationToken;
        var (_, complaint) = await CProbe.Ask("gcc", NameLists.DebugInformation, header, [.. Fact.Of(spec)], binary, cancellation);
        Assert.Equal("", complaint);
        var (names, problems) = await NameLists.Check(header, spec, binary, cancellation);
        Assert.Equal(5, names);
        Assert.Empty(problems);
        var empty = spec with { Constants = default, Structs = default, Enums = default, Typedefs = default };
        (_, problems) = await NameLists.Check(header, empty, binary, cancellation);
        Assert.Equal(
            ["enum kind is in no list", "enumerator FIRST is in no list", "macro VALUE is in no list", "struct sample is in no list", "typedef word_t is in no list"],
            problems.Order(StringComparer.Ordinal));
    }

    private static async Task Check(string header, string binary, Tally tally, CancellationToken cancellation)
    {
        AbiSpec spec;
        try
        {
            spec = HeaderExtractor.Extract(new() { Path = header });
        }
        catch (ExtractionException exception)
        {
            var (status, _, _) = await CProbe.Run("gcc", ["-std=gnu17", "-w", "-fsyntax-only", "-x", "c", header], cancellation);
            if (status == 0)
                tally.Disagree($"{header}: gcc takes it, the extractor does not: {exception.Message}");
            else
                tally.RefusedByBoth.Add(header);
            return;
        }
        CheckRoundTrip(header, spec, tally);
        var facts = Fact.Of(spec).ToList();
        var (answers, complaint) = await CProbe.Ask("gcc", NameLists.DebugInformation, header, facts, binary, cancellation);
        if (complaint.Length > 0)
        {
            tally.Disagree($"{header}: {complaint}");
            return;
        }
        foreach (var fact in facts.Where(fact => answers.GetValueOrDefault(fact.Key) != fact.Value))
            tally.Disagree($"{header}: {fact.Key} is {fact.Value} in the model and {answers.GetValueOrDefault(fact.Key)} to gcc");
        var (names, problems) = await NameLists.Check(header, spec, binary, cancellation);
        File.Delete(binary);
        foreach (var problem in problems)
            tally.Disagree($"{header}: {problem}");
        tally.Add(spec, facts, names);
    }

    private static void CheckRoundTrip(string header, AbiSpec spec, Tally tally)
    {
        try
        {
            if (spec != AbiFile.Parse(AbiFile.Format(spec)))
                tally.Disagree($"{header}: the model does not survive its file");
        }
        catch (AbiFormatException exception)
        {
            tally.Disagree($"{header}: the model's file cannot be read: {exception.Message}");
        }
    }

    private sealed class Tally(ITestOutputHelper output)
    {
        private int _headers;
        private int _records;
        private int _fields;
        private int _constants;
        private int _ioctls;
        private int _unresolved;
        private int _names;

        public ConcurrentBag<string> Disagreements { get; } = [];

        /// <summary>Told at once: all headers take minutes.</summary>
        public void Disagree(string what)
        {
            output.WriteLine(what);
            Disagreements.Add(what);
        }

        public ConcurrentBag<string> RefusedByBoth { get; } = [];

        public int Headers => _headers;

        public void Add(AbiSpec spec, List<Fact> facts, int names)
        {
            Interlocked.Increment(ref _headers);
            Interlocked.Add(ref _records, spec.Structs.Count);
            Interlocked.Add(ref _fields, facts.Count(fact => fact.Key.StartsWith("offset ", StringComparison.Ordinal) || fact.Key.StartsWith("bits ", StringComparison.Ordinal)));
            Interlocked.Add(ref _constants, facts.Count(fact => fact.Key.Split(' ')[0] is "const" or "enum" or "string" or "float"));
            Interlocked.Add(ref _ioctls, spec.Ioctls.Count);
            Interlocked.Add(ref _names, names);
            Interlocked.Add(ref _unresolved, spec.Unresolved.Count);
        }

        public override string ToString() => $"{_headers} headers, {_records} structs and unions, {_fields} fields, {_constants} constants and {_ioctls} ioctls checked, {_names} names looked up; "
            + $"{Disagreements.Count} disagreements; {_unresolved} items listed as unresolved; {RefusedByBoth.Count} headers no C on their own";
    }
}
