namespace Faultline.AbiGenerator.Tests;

/// <summary>
/// The build targets as a project meets them: extraction, the committed model without libclang, and no work when
/// nothing changed.
/// </summary>
public sealed class BuildTests : IClassFixture<ConsumerProject>
{
    private const string SkipsExtraction = "Skipping target \"FaultlineExtractAbi\" because all output files are up-to-date";

    private readonly ConsumerProject _project;

    public BuildTests(ConsumerProject project)
    {
        _project = project;
        _project.Empty();
    }

    private string In(string name) => _project.In(name);

    private Task<(int Status, string Output)> Build(string libclangPath = "", params string[] more) => _project.BuildAsync(libclangPath, more);

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Header_item_extracts_once_and_again_when_edited()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_LIMIT 7\n", TestContext.Current.CancellationToken);
        _project.Write(
            """<UapiHeader Include="sample.h" Namespace="Sample.Abi" />""", "return Sample.Abi.SampleConstants.SampleLimit == 7 ? 0 : 1;",
            fromSources: true);
        var first = await Build();
        Assert.True(first.Status == 0, first.Output);
        Assert.DoesNotContain(SkipsExtraction, first.Output, StringComparison.Ordinal);

        var second = await Build();
        Assert.Contains(SkipsExtraction, second.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\"", second.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_CEILING 8\n", TestContext.Current.CancellationToken);
        var third = await Build();
        Assert.NotEqual(0, third.Status);
        Assert.Contains("'SampleConstants' does not contain a definition for 'SampleLimit'", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_libclang_the_committed_model_is_used_and_told()
    {
        await File.WriteAllTextAsync(In("userfaultfd.h"), "never read\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        _project.Write("""<UapiHeader Include="userfaultfd.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return Sample.Abi.UserfaultfdConstants.UffdApi == 0xAA ? 0 : 1;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.True(status == 0, output);
        Assert.Contains("libclang is missing; the committed model committed.abi.json is used instead", output, StringComparison.Ordinal);
    }

    /// <summary>A model that is only a stand-in is never up to date.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public async Task Libclang_that_came_later_reads_the_header()
    {
        await File.WriteAllTextAsync(In("userfaultfd.h"), "#define UFFD_API 0xAB\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        _project.Write("""<UapiHeader Include="userfaultfd.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return Sample.Abi.UserfaultfdConstants.UffdApi == 0xAB ? 0 : 1;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.True(status == 0, output);
        (status, output) = await Build();
        Assert.True(status == 0, output);
        Assert.DoesNotContain(SkipsExtraction, output, StringComparison.Ordinal);
        (_, output) = await Build();
        Assert.Contains(SkipsExtraction, output, StringComparison.Ordinal);
    }

    /// <summary>The map is written when it is asked for, from the names that the build gives, and the next build keeps them.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public async Task Name_map_is_written_on_demand()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE__LIMIT 7\n#define OTHER 1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("Faultline.only.txt"), "SAMPLE_*\n", TestContext.Current.CancellationToken);
        _project.Write(
            """<UapiHeader Include="sample.h" Namespace="Sample.Abi" />""", "return Sample.Abi.SampleConstants.SampleLimit == 7 ? 0 : 1;");
        var (status, output) = await Build("", "-t:FaultlineNames");
        Assert.True(status == 0, output);
        Assert.Contains("Faultline.names.json: 2 names, 2 of them new", output, StringComparison.Ordinal);
        Assert.DoesNotContain("OTHER", await File.ReadAllTextAsync(In("Faultline.names.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_LIMIT 8\n#define SAMPLE__LIMIT 7\n",
            TestContext.Current.CancellationToken);
        (status, output) = await Build();
        Assert.True(status == 0, output); // both are there, and the old name means what it meant

        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_LIMIT 7\n", TestContext.Current.CancellationToken);
        (status, output) = await Build();
        Assert.NotEqual(0, status); // the project takes warnings for errors
        Assert.Matches(@"Faultline\.names\.json.* error FLT012: 'SAMPLE_LIMIT' of 'SampleConstants' would be named 'SampleLimit'", output);

        (status, output) = await Build("", "-t:FaultlineNames");
        Assert.True(status == 0, output);
        (_, output) = await Build();
        Assert.DoesNotContain("FLT012", output, StringComparison.Ordinal);
    }

    /// <summary>Two kernels side by side, and linux/kvm.h with asm/kvm.h: one file name, several headers.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public async Task Headers_of_one_file_name_stand_side_by_side()
    {
        Directory.CreateDirectory(In("old"));
        Directory.CreateDirectory(In("new/asm"));
        await File.WriteAllTextAsync(In("old/sample.h"), "#define SAMPLE 1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("new/sample.h"), "#define SAMPLE 2\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("new/asm/sample.h"), "#define ASM_SAMPLE 3\n", TestContext.Current.CancellationToken);
        _project.Write(
            """
            <UapiHeader Include="old/sample.h" Namespace="Old.Abi" />
            <UapiHeader Include="new/sample.h" Namespace="New.Abi" />
            <UapiHeader Include="new/asm/sample.h" Namespace="New.Abi" Includes="new" Visibility="internal" StripPrefix="ASM;OTHER" />
            """,
            "return Old.Abi.SampleConstants.Sample == 1 && New.Abi.SampleConstants.Sample == 2 && New.Abi.AsmSampleConstants.Sample == 3 ? 0 : 1;");
        var (status, output) = await Build();
        Assert.True(status == 0, output);
        (_, output) = await Build();
        Assert.DoesNotContain("read by libclang", output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_the_project_reach_the_generator()
    {
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("Faultline.only.txt"), "UFFD_API   # and nothing else\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("Faultline.names.json"),
            """
            { "schema": "faultline-names/1", "headers": {}, "types": {}, "enums": {},
              "classes": { "UserfaultfdConstants": { "UFFD_API": "Handshake" } } }
            """,
            TestContext.Current.CancellationToken);
        _project.Write("""<AbiModelFile Include="committed.abi.json" Namespace="Sample.Abi" />""",
            "return typeof(Sample.Abi.UserfaultfdConstants).GetFields().Length == 1 && Sample.Abi.UserfaultfdConstants.Handshake == 0xAA ? 0 : 1;");
        var (status, output) = await Build();
        Assert.True(status == 0, output);
    }

    [Fact]
    public async Task FLT010_an_item_that_stands_twice()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define A 1\n", TestContext.Current.CancellationToken);
        _project.Write("""<UapiHeader Include="sample.h" Namespace="One.Abi" /><UapiHeader Include="sample.h" Namespace="One.Abi" />""", "return 0;");
        var (status, output) = await Build();
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT010", output, StringComparison.Ordinal);
        Assert.Contains("sample.h", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FLT008_without_libclang_and_without_a_model()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define A 1\n", TestContext.Current.CancellationToken);
        _project.Write("""<UapiHeader Include="sample.h" Namespace="Sample.Abi" />""", "return 0;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT008", output, StringComparison.Ordinal);
        Assert.Contains("libclang-dev", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task FLT009_broken_header_is_not_hidden_by_an_old_model()
    {
        await File.WriteAllTextAsync(In("sample.h"), "struct {", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        _project.Write("""<UapiHeader Include="sample.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return 0;");
        var (status, output) = await Build();
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT009", output, StringComparison.Ordinal);
        Assert.Contains("sample.h(1,", output, StringComparison.Ordinal);
    }
}
