using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Judging;
using Faultline.Harness.Sources;
using Spectre.Console;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline mutants</c>: does the suite notice what can be wrong with a series?</summary>
internal static class MutantsCommand
{
    private const int NameWidth = 22;

    private static readonly Argument<string[]> Names = new("NAME")
    {
        Description = "wrong versions to run; all without",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command(
            "mutants",
            "run the suite on wrong versions of a series, and print which row killed each; one that survives fails (docs/mutants.md)")
        {
            Names, CommonOptions.Variant, CommonOptions.Patches, CommonOptions.Config, CommonOptions.Filter, CommonOptions.Fresh,
            CommonOptions.BootTimeout, CommonOptions.Timeout, CommonOptions.Accelerator, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline mutants",
            "faultline mutants --variant wp-pmd-marker",
            "faultline mutants --variant wp-pmd-marker fork-forgets copy",
            "faultline mutants --json | jq '.variants[].mutants[] | select(.verdict != \"pass\")'");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        var wanted = Wanted(selection, parsed.GetValue(Names) ?? []);
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var results = await ProgressDisplay.RunAsync(json, progress =>
            new MutantRun(selection, wanted, SuiteOptions.Read(parsed), progress, cancellation).RunAsync());
        var verdict = VerdictKinds.Overall(results.Select(result => result.Verdict));
        if (json)
            Console.Out.Write(MutantsJson.Write(results, verdict));
        else
            Print(results, verdict);
        return verdict.ExitCode();
    }

    private static List<(Variant, MutantSeries, IReadOnlyList<Mutant>)> Wanted(Selection selection, string[] names)
    {
        var found = new List<(Variant, MutantSeries Series, IReadOnlyList<Mutant> Mutants)>();
        foreach (var variant in selection.Named.Count > 0 ? selection.Named : selection.Variants)
        {
            if (MutantSeries.Of(variant) is { } series)
            {
                found.Add((variant, series, [.. series.Mutants.Where(mutant => names.Length == 0 || names.Contains(mutant.Name))]));
            }
            else if (selection.Named.Count > 0)
            {
                throw new UsageException(
                    $"{variant.Name} has no wrong versions: they are patches in {MutantSeries.FolderOf(variant)} (docs/mutants.md).");
            }
        }

        if (names.FirstOrDefault(name => !found.Exists(one => one.Mutants.Any(mutant => mutant.Name == name))) is { } unknown)
        {
            var known = found.SelectMany(one => one.Series.Mutants).Select(mutant => mutant.Name).Distinct();
            throw new UsageException($"{unknown}: no wrong version has this name; there are {string.Join(", ", known)}.");
        }

        found.RemoveAll(one => one.Mutants.Count == 0);
        return found.Count > 0 ? found : throw new UsageException("no variant has wrong versions (docs/mutants.md).");
    }

    private static void Print(IReadOnlyList<VariantMutants> results, VerdictKind verdict)
    {
        var console = Consoles.Out;
        foreach (var variant in results)
        {
            console.WriteLine();
            console.WriteLine($"{variant.Variant.Name}: {variant.Mutants.Count} wrong versions");
            if (variant.Failure is { } failure)
            {
                console.Write("  not run   ", new Style(Color.Red));
                console.WriteLine($" {Failures.Describe(failure)?.Message ?? failure.Message}", 13, used: 12);
                continue;
            }

            Line(console, "right", variant.Right?.Run?.Verdict, "none of them is on");
            foreach (var mutant in variant.Mutants)
                Line(console, mutant.Mutant.Name, mutant.Run?.Verdict, mutant.Mutant.Title);
        }

        var all = results.SelectMany(variant => variant.Mutants).ToList();
        var killed = all.Count(mutant => mutant.Run?.Verdict.IsPass == true);
        console.WriteLine();
        console.WriteLine($"{killed} of {all.Count} killed by the rows that are for them: {verdict.Name()} (exit {verdict.ExitCode()})");
    }

    private static void Line(TextConsole console, string name, Verdict? verdict, string what)
    {
        var word = verdict is null ? "not run" : verdict.Kind switch
        {
            VerdictKind.Pass => name == "right" ? "pass" : "killed",
            VerdictKind.Vacuous => "SURVIVED",
            _ => verdict.Kind.Name(),
        };
        console.Write($"  {word,-10}", new Style(verdict?.IsPass == true ? Color.Green : Color.Red));
        console.WriteLine($" {name,-NameWidth} {what}: {verdict?.Summary ?? "nothing could be run"}", 14 + NameWidth, used: 12);
    }
}
