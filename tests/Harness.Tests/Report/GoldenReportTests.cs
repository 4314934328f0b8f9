using System.Text.RegularExpressions;
using Faultline.Harness.Report;

namespace Faultline.Harness.Tests.Report;

/// <summary>
/// What the writers make of one sample run, byte by byte: other programs read these files, so that a change of code
/// that is to change nothing must not change them either. FAULTLINE_REWRITE_GOLDENS=1 writes them anew.
/// </summary>
public sealed partial class GoldenReportTests
{
    public static TheoryData<string> Files =>
    [
        "results.json", "report.md", "index.html",
        .. SampleRun.Report.Kernels.SelectMany(kernel => (string[])[$"{kernel.Name}.xml", $"{kernel.Name}.ktap"]),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_writer_writes_what_it_always_wrote(string file)
    {
        var golden = RepositoryRoot.Of("tests", "Harness.Tests", "Report", "golden", file);
        var written = Written(file);
        if (Environment.GetEnvironmentVariable("FAULTLINE_REWRITE_GOLDENS") == "1")
            File.WriteAllText(golden, written);
        Assert.Equal(File.ReadAllText(golden), written);
    }

    private static string Written(string file)
    {
        var report = SampleRun.Report;
        var kernel = report.Kernels.FirstOrDefault(kernel => kernel.Name == Path.GetFileNameWithoutExtension(file));
        return (file, Path.GetExtension(file)) switch
        {
            ("results.json", _) => ReportJson.Write(report),
            ("report.md", _) => MarkdownWriter.Write(report),
            ("index.html", _) => Embedded().Replace(HtmlWriter.Write(report), "<$1>…</$1>"),
            (_, ".xml") => JUnitWriter.Write(kernel!, SampleRun.Started),
            _ => KtapWriter.Write(kernel!),
        };
    }

    /// <summary>Looks and clicks lie in files of their own, and may change.</summary>
    [GeneratedRegex("<(style|script)>.*?</(style|script)>", RegexOptions.Singleline)]
    private static partial Regex Embedded();
}
