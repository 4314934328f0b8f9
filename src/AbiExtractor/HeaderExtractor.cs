using Faultline.AbiExtractor.Clang;
using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor;

/// <summary>Reads a uapi header into a model, with libclang as the only judge of what the C means.</summary>
public static class HeaderExtractor
{
    private const string ProbeName = "faultline-probe.c";

    /// <summary>Extracts the model of one header.</summary>
    /// <remarks>Throws as <see cref="Read"/> does.</remarks>
    public static AbiSpec Extract(HeaderRequest request) => Read(request).Spec;

    /// <summary>Extracts the model of one header and tells which files it was read from.</summary>
    /// <exception cref="ExtractionException">The header or an include directory is missing, the target is unknown, the C does not compile for it, or the compiler broke off.</exception>
    /// <exception cref="LibclangMissingException">libclang is not installed or not found.</exception>
    public static ExtractedHeader Read(HeaderRequest request)
    {
        if (request.Target is { Length: 0 })
            throw UnknownTarget("");
        var path = SearchPath.For(request);
        try
        {
            return RoomyThread.Run(() => Extract(path), request.TimeLimit);
        }
        catch (ClangFailedException failure) when (failure.Crashed)
        {
            throw Refused(path, "libclang crashed on it: most likely its expressions or declarators nest too deeply");
        }
        catch (ClangFailedException)
        {
            throw UnknownTarget(path.Target);
        }
        catch (OverrunException overrun)
        {
            throw Refused(path, overrun.Message, overrun: true);
        }
    }

    private static ExtractionException UnknownTarget(string target) => new(
        $"libclang knows no target '{target}'. Name a triple such as x86_64-linux-gnu, i386-linux-gnu, aarch64-linux-gnu, arm-linux-gnueabihf, riscv64-linux-gnu, mips-linux-gnu, powerpc64le-linux-gnu or s390x-linux-gnu.",
        []);

    private static ExtractionException Refused(SearchPath path, string why, bool overrun = false) =>
        new($"{path.Name} cannot be read.", [new(path.Name, 0, 0, why) { Path = path.Header }]) { Overrun = overrun };

    private static ExtractedHeader Extract(SearchPath path)
    {
        var macros = ReadMacros(path, out var tokens, out var pointerSize);
        var comments = new CommentReader(tokens, macros.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal));
        var evaluator = new MacroEvaluator(macros, path, comments);
        var declarations = new DeclarationReader(path, comments);

        var probe = MacroProbe.Write(path.Header, macros, evaluator.Askable(), evaluator.Callers());
        using var unit = TranslationUnit.Parse(ProbeName, probe.Text, path.ClangArguments, recordMacros: false);
        declarations.ReadHeader(unit);
        evaluator.Read(new(unit, probe, ProbeName), declarations);

        var spec = new AbiSpec { Header = path.Name, Target = path.Target, PointerSize = pointerSize };
        spec = AbiOrder.Sorted(new GroupFinder(macros, declarations.AddTo(evaluator.AddTo(spec))).Grouped());
        return new(spec, unit.Files());
    }

    private static IReadOnlyList<MacroDefinition> ReadMacros(SearchPath path, out IReadOnlyList<SourceToken> tokens, out int pointerSize)
    {
        using var unit = TranslationUnit.Parse(ProbeName, $"#include \"{path.Header}\"\n", path.ClangArguments, recordMacros: true);
        var errors = unit.Errors();
        if (errors.Count > 0)
        {
            throw new ExtractionException(
                $"{path.Name} is not C that compiles for {path.Target}. If an include is missing, name its directory with --include; a kernel's headers are complete only after 'make headers_install'.",
                [.. errors.Select(error => PlaceOf(error, path)).Distinct()]);
        }
        tokens = unit.TokensOfFile(path.Header);
        pointerSize = unit.PointerSize;
        return MacroReader.Read(unit, path.Header);
    }

    /// <summary>What the header leaves open, the compiler misses behind it, in the line that includes it: that is the end of the header.</summary>
    private static HeaderError PlaceOf(ClangError error, SearchPath path) => error.File == ProbeName
        ? new(path.Name, File.ReadLines(path.Header).Count(), 0, $"{error.Message} (at the end of the header)") { Path = path.Header }
        : new(path.NameOf(error.File), error.Line, error.Column, error.Message) { Path = error.File };
}

/// <summary>A header's model and what it depends on.</summary>
/// <param name="Files">Absolute paths of the header and of everything it includes, sorted.</param>
public sealed record ExtractedHeader(AbiSpec Spec, IReadOnlyList<string> Files);
