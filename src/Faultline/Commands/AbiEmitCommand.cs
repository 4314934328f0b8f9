using System.CommandLine;
using Faultline.AbiEmit;
using Faultline.AbiEmit.Languages;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;
using Faultline.AbiSources;
using Faultline.Cli.Terminal;
using Faultline.Machine;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi emit</c>: one header's ABI as a file of another language.</summary>
internal static class AbiEmitCommand
{
    private static readonly Argument<string> Side = new("HEADER")
    {
        Description = $"where the ABI is taken from: {string.Join(", ", AbiSource.WhatStandsAlone)}",
    };

    private static readonly Option<string> Lang = new("--lang", "-l")
    {
        Description = "language to write", HelpName = string.Join('|', Language.All.Select(language => language.Name)), Required = true,
    };

    private static readonly Option<string> Header = new("--header")
    {
        Description = "which header, as programs include it, when HEADER holds many", HelpName = "NAME",
        DefaultValueFactory = _ => SideRequest.DefaultHeader,
    };

    private static readonly Option<string?> Target = new("--target")
    {
        Description = "target triple that the header is read for (default: this machine's)", HelpName = "TRIPLE",
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "write only what has this name, and what that is made of; * and ? stand for any letters, ! in front leaves out; "
            + "repeatable",
        HelpName = "NAME",
    };

    private static readonly Option<FileInfo?> OnlyFrom = new("--only-from")
    {
        Description = "file of such names, one a line, as the generator's Faultline.only.txt", HelpName = "FILE",
    };

    private static readonly Option<string?> Package = new("--package", "--namespace")
    {
        Description = "namespace of C# (default: Faultline.Abi) or package of Go (default: the header's name)", HelpName = "NAME",
    };

    private static readonly Option<FileInfo?> Output = new("--output", "-o")
    {
        Description = "file to write instead of standard output", HelpName = "FILE",
    };

    public static Command Create()
    {
        Lang.AcceptOnlyFromAmong([.. Language.All.Select(language => language.Name)]);
        var command = new Command(
            "emit", "write a header's ABI in another language, whose compiler checks the layout (docs/abi-emit.md)")
        {
            Side, Lang, Header, Target, Only, OnlyFrom, Package, HeaderOptions.Include, HeaderOptions.Define, HeaderOptions.Prelude, Output,
        };
        CommonOptions.Git.AddTo(command);
        command.SetAction(RunAsync);
        return command.With(
            "faultline abi emit /usr/include/linux/userfaultfd.h --lang rust -o src/uffd.rs",
            "faultline abi emit v6.12 --git ~/linux --header linux/kvm.h --lang go -o kvm/abi_linux.go",
            "faultline abi emit /usr/include/linux/bpf.h --lang c --only 'BPF_PROG_TYPE_*' --only bpf_attr",
            "faultline abi emit ~/linux --header linux/kvm.h --target aarch64-linux-gnu --lang csharp --namespace Acme.Kvm",
            "faultline abi emit linux-patch/upstream/userfaultfd.abi.json --lang syzlang");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var request = new SideRequest(parsed.GetRequiredValue(Side))
        {
            Target = parsed.GetValue(Target),
            IncludeDirectories = parsed.GetValue(HeaderOptions.Include) ?? [],
            Defines = parsed.GetValue(HeaderOptions.Define) ?? [],
            Preludes = parsed.GetValue(HeaderOptions.Prelude) ?? [],
            Tree = CommonOptions.Git.Of(parsed),
        };
        request = request with { Header = HeaderOptions.Chosen(parsed, Header, request) };
        if (AbiSource.NeedsNames(request))
            throw new UsageException($"{request.Name} has types or numbers, but not the names of a header; name "
                + $"{string.Join(", or ", AbiSource.WhatStandsAlone)}.");
        var (language, list) = (LanguageOf(parsed), ListOf(parsed));
        var side = await CurrentWork.ShowAsync(
            $"reading {request.Name}", progress => AbiSource.LoadAsync(request with { Progress = progress }, cancellation));
        if (side.Note is { } note)
            Consoles.Error.WriteLine($"faultline: {note}");

        var source = new EmissionSource(await RevisionAsync(request, cancellation), Part: list is not null)
        {
            Package = parsed.GetValue(Package),
        };
        OutputFile.Write(language.Emit(list is null ? side.Spec : Selected(side.Spec, list), source), parsed.GetValue(Output));
        return ExitCodes.Ok;
    }

    /// <summary>A tag may move, so the commit stands with it.</summary>
    private static async Task<string> RevisionAsync(SideRequest request, CancellationToken cancellation) =>
        AbiSource.IsRevision(request) ? $"{request.Name}, commit {await AbiSource.CommitOfAsync(request, cancellation)}" : "";

    private static Language LanguageOf(ParseResult parsed)
    {
        var language = Language.All.Single(language => language.Name == parsed.GetRequiredValue(Lang));
        if (parsed.GetValue(Package) is { } package && language.Package?.IsMatch(package) != true)
        {
            var option = parsed.GetResult(Package)?.IdentifierToken?.Value ?? Package.Name;
            throw new UsageException(language.Package is null ? $"{option} is for C# and Go; {language.Name} has none."
                : $"{option} {package}: {language.Name} has no such name.");
        }
        return language;
    }

    private static NameList? ListOf(ParseResult parsed)
    {
        var lines = new List<string>(parsed.GetValue(Only) ?? []);
        if (parsed.GetValue(OnlyFrom) is { } file)
        {
            try
            {
                lines.AddRange(InputText.Read(file.FullName).Split('\n'));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--only-from {file} cannot be read: {e.Message}");
            }
        }
        return lines.Count > 0 ? NameList.Parse(string.Join('\n', lines)) : null;
    }

    private static AbiSpec Selected(AbiSpec spec, NameList list)
    {
        var (selected, used) = list.Select(spec);
        foreach (var name in list.Names.Where(name => !used.Contains(name.Line)))
            Consoles.Error.WriteLine($"faultline: {spec.Header} has nothing that '{name.Pattern}' names");
        return selected.IsEmpty
            ? throw new UsageException($"{spec.Header} has nothing of the names that --only asks for; without it everything is written.")
            : selected;
    }
}
