using System.CommandLine;
using System.Reflection;
using Faultline.AbiDiff;
using Faultline.AbiDiff.Reports;
using Faultline.AbiSources;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Machine;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi diff</c>: what changed between two ABIs, in kinds that a CI job can act on.</summary>
internal static class AbiDiffCommand
{
    private static readonly Argument<string> Old = new("OLD")
    {
        Description = $"{string.Join(", ", AbiSource.WhatASideMayBe)}; with --git also a range OLD..NEW",
    };

    private static readonly Argument<string?> New = new("NEW")
    {
        Description = "the same, for the newer side",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> BlameCommits = new("--blame")
    {
        Description = "with --git, name the commits between the two revisions that made each change",
    };

    private static readonly Option<string> Header = new("--header")
    {
        Description = "which header, as programs include it, of a side that holds many",
        HelpName = "NAME",
        DefaultValueFactory = _ => SideRequest.DefaultHeader,
    };

    private static readonly Option<bool> AllHeaders = new("--all-headers")
    {
        Description = "compare every header of two sides that hold many",
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "how to write it",
        HelpName = "text|json|markdown|sarif",
        DefaultValueFactory = _ => "text",
    };

    private static readonly Option<string> SarifPath = new("--sarif-path")
    {
        Description = "folder of the headers in the repository that code scanning looks at",
        HelpName = "DIR",
        DefaultValueFactory = _ => "include/uapi",
    };

    private static readonly Option<FileInfo?> Output = new("--output", "-o")
    {
        Description = "file to write instead of standard output",
        HelpName = "FILE",
    };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "exit 3 when a change is at least this severe",
        HelpName = "breaking|risky|any|never",
        DefaultValueFactory = _ => "breaking",
    };

    private static readonly RenamedOption<FileInfo> Accepted = new(
        "--accepted", "--baseline", "FILE", "file of accepted changes, each with its reason");

    private static readonly RenamedOption<FileInfo> WriteAccepted = new(
        "--write-accepted", "--write-baseline", "FILE", "accept all changes: write them to this file, and exit 0");

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "why the changes are accepted; for --write-accepted",
        HelpName = "TEXT",
    };

    private static readonly Option<bool> Summary = new("--summary") { Description = "one line for each kind of change, for text" };

    private static readonly Option<string[]> IgnoreKind = new("--ignore-kind")
    {
        Description = "leave changes of this kind out, and tell how many there were; repeatable", HelpName = "KIND",
    };

    private static readonly Option<string?> NamesOf = new("--names-of")
    {
        Description = "header or model whose types and flags are compared, where neither side is one", HelpName = "SIDE",
    };

    private static readonly Option<string[]> Target = new("--target", "--targets")
    {
        Description = "target triple that headers are read for, or several with commas; repeatable (default: this machine's and its "
            + "32-bit sibling's)",
        HelpName = "TRIPLE",
    };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json", "markdown", "sarif");
        FailOn.AcceptOnlyFromAmong("breaking", "risky", "any", "never");
        var command = new Command("diff", "compare two ABIs; every kind of change is explained in docs/abi-drift-kinds.md")
        {
            Old, New, BlameCommits, Header, AllHeaders, Format, Output, FailOn, Reason, Summary, IgnoreKind, NamesOf, SarifPath, Target,
            HeaderOptions.Include, HeaderOptions.Define, HeaderOptions.Prelude,
        };
        CommonOptions.Git.AddTo(command);
        Accepted.AddTo(command);
        WriteAccepted.AddTo(command);
        command.SetAction(RunAsync);
        return command.With(
            "faultline abi diff linux-patch/base/userfaultfd.abi.json linux-patch/upstream/userfaultfd.abi.json",
            "faultline abi diff artifacts/kernels/base artifacts/kernels/wp-zeropage --fail-on any",
            "faultline abi diff --git ~/linux v6.1..v6.12",
            "faultline abi diff --git ~/linux v6.12 ./usr/include --header linux/kvm.h",
            "faultline abi diff /usr ~/linux --all-headers --summary",
            "faultline abi diff /usr/include/linux/kvm.h ~/linux/include/uapi/linux/kvm.h",
            "faultline abi diff --git ~/linux v6.1..v6.12 --all-headers --format markdown -o drift.md",
            "faultline abi diff --git ~/linux v6.1..v6.12 --header linux/kvm.h --blame",
            "faultline abi diff --git . origin/master..HEAD --all-headers --format sarif -o drift.sarif",
            "faultline abi diff --git ~/linux v6.1..v6.12 --all-headers --summary --ignore-kind name-moved",
            "faultline abi diff old.h new.h --write-accepted accepted.json --reason 'never released'",
            "faultline abi diff /sys/kernel/btf/vmlinux usr/include/linux/userfaultfd.h",
            "faultline abi diff usr/include/linux/userfaultfd.h running");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var target = WriteAccepted.Of(parsed);
        var reason = parsed.GetValue(Reason);
        if (target is not null && string.IsNullOrWhiteSpace(reason))
            throw new UsageException("--write-accepted needs --reason TEXT: it is written down for each change.");
        if (target is null && reason is not null)
            throw new UsageException("--reason is for --write-accepted FILE, which writes it down for each change; name that too.");

        if (parsed.GetValue(Summary) && parsed.GetValue(Format) != "text")
            throw new UsageException("--summary is for --format text.");
        var ignored = (parsed.GetValue(IgnoreKind) ?? []).Select(Kind).ToList();

        var sides = Sides(parsed);
        var (report, notes) = await CurrentWork.ShowAsync(
            $"reading {sides.Old.Name}",
            progress => CompareAsync(
                parsed, ignored, sides.Old with { Progress = progress }, sides.New with { Progress = progress }, cancellation));
        foreach (var note in notes)
            Consoles.Error.WriteLine($"faultline: {note}");
        OutputFile.Write(Text(parsed, report), parsed.GetValue(Output));
        if (target is not null)
        {
            OutputFile.Write(target.FullName, AcceptedChanges.Accepting(report, reason!).Format());
            Consoles.Error.WriteLine($"{target}: accepts {report.Findings.Count + report.Accepted.Count} changes");
            return ExitCodes.Ok;
        }

        if (report.IsVacuous)
            return ExitCodes.Vacuous;
        return report.IsOver(Bar(parsed.GetValue(FailOn)!)) ? ExitCodes.AbiDrift : ExitCodes.Ok;
    }

    private static async Task<(DriftReport Report, IReadOnlyCollection<string> Notes)> CompareAsync(
        ParseResult parsed, IReadOnlyList<ChangeKind> ignored, SideRequest old, SideRequest current, CancellationToken cancellation)
    {
        if (parsed.GetValue(NamesOf) is { } named)
        {
            var names = (await AbiSource.LoadAsync(old with { Name = named }, cancellation)).Spec;
            (old, current) = (old with { Names = names }, current with { Names = names });
        }

        var drift = new DriftReports(old, current, TargetsOf(parsed));
        var report = await drift.CompareAsync(parsed.GetValue(AllHeaders), ReadAccepted(Accepted.Of(parsed)), cancellation);
        report = report.Without(ignored);
        if (parsed.GetValue(BlameCommits))
            report = await BlamedAsync(report, old, current, cancellation);
        return (report, drift.Notes);
    }

    private static async Task<DriftReport> BlamedAsync(
        DriftReport report, SideRequest old, SideRequest current, CancellationToken cancellation)
    {
        if (!AbiSource.IsRevision(old) || !AbiSource.IsRevision(current))
            throw new UsageException("--blame is for two revisions: --git DIR OLD..NEW.");
        if (report.Findings.Count == 0)
            return report;
        var blame = await Blame.ReadAsync(
            old, current, report.Findings.Select(finding => finding.Header).Distinct(StringComparer.Ordinal), cancellation);
        return report.Blaming(finding => blame.Of(finding.Header, finding.Change.Subject, finding.Change.Old, finding.Change.New)
            .Select(commit => new NamedCommit(commit.Id, commit.Summary)));
    }

    private static (SideRequest Old, SideRequest New) Sides(ParseResult parsed)
    {
        var (old, current, tree) = (parsed.GetRequiredValue(Old), parsed.GetValue(New), CommonOptions.Git.Of(parsed));
        if (current is null)
        {
            if (tree is null || !RevisionName.TrySplitRange(old, out old, out current))
                throw new UsageException($"'{old}' is one side; name a second one, or with --git DIR a range such as v6.1..v6.12.");
        }

        var request = new SideRequest(old)
        {
            IncludeDirectories = parsed.GetValue(HeaderOptions.Include) ?? [],
            Defines = parsed.GetValue(HeaderOptions.Define) ?? [],
            Preludes = parsed.GetValue(HeaderOptions.Prelude) ?? [],
            Tree = tree,
        };
        var header = HeaderOptions.Chosen(parsed, Header, request, request with { Name = current });
        if (parsed.GetValue(AllHeaders) && parsed.GetResult(Header) is { Implicit: false })
            throw new UsageException($"--header {header} and --all-headers: one of them.");
        request = request with { Header = header };
        return (request, request with { Name = current });
    }

    private static IReadOnlyList<string> TargetsOf(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Target) ?? []).SelectMany(targets => targets.Split(',', StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string Text(ParseResult parsed, DriftReport report) => parsed.GetValue(Format) switch
    {
        "json" => JsonReport.Write(report),
        "markdown" => MarkdownReport.Write(report),
        "sarif" => SarifReport.Write(report, header => $"{parsed.GetValue(SarifPath)!.TrimEnd('/')}/{header}", Version),
        _ => parsed.GetValue(Summary) ? TextReport.WriteSummary(report) : TextReport.Write(report),
    };

    private static ChangeKind Kind(string id) =>
        ChangeKinds.Find(id)
        ?? throw new UsageException($"--ignore-kind {id}: Faultline finds no changes of that name; docs/abi-drift-kinds.md has the kinds.");

    private static string Version =>
        typeof(AbiDiffCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static Severity? Bar(string failOn) => failOn switch
    {
        "never" => null,
        "any" => Severity.Compatible,
        "risky" => Severity.Risky,
        _ => Severity.Breaking,
    };

    private static AcceptedChanges? ReadAccepted(FileInfo? file)
    {
        if (file is null)
            return null;
        if (!file.Exists)
            throw new UsageException($"--accepted {file}: no such file; --write-accepted makes one.");
        try
        {
            return AcceptedChanges.Parse(InputText.Read(file.FullName));
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--accepted {file}: {problem.Message}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--accepted {file} cannot be read: {problem.Message}");
        }
    }
}
