using System.Text;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiExtractor.Input;
using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor;

/// <summary>Reads a uapi header into a model, with libclang as the only judge of what the C means.</summary>
public static class HeaderExtractor
{
    /// <summary>Extracts the model of one header.</summary>
    /// <remarks>Throws as <see cref="Read"/> does.</remarks>
    public static AbiSpec Extract(HeaderRequest request) => Read(request).Spec;

    /// <summary>Extracts the model of one header and tells which files it was read from.</summary>
    /// <exception cref="ExtractionException">The header or an include directory is missing, the target is unknown,
    /// the C does not compile for it, or the compiler broke off.</exception>
    /// <exception cref="LibclangMissingException">libclang is not installed or not found.</exception>
    public static ExtractedHeader Read(HeaderRequest request)
    {
        return Guarded(request, path => Extract(
            path, request.Text ?? new(File.ReadAllText(path.Header, Encoding.Latin1)), request.Wanted, request.WithDocs));
    }

    internal static T Guarded<T>(HeaderRequest request, Func<SearchPath, T> work)
    {
        if (request.Target is { Length: 0 })
            throw UnknownTarget("");
        var path = SearchPath.For(request);
        try
        {
            return GuardedThread.Run(() => work(path), request.TimeLimit);
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
        $"libclang knows no target '{target}'. Name a triple such as x86_64-linux-gnu, i386-linux-gnu, aarch64-linux-gnu, "
            + "arm-linux-gnueabihf, riscv64-linux-gnu, mips-linux-gnu, powerpc64le-linux-gnu or s390x-linux-gnu.",
        []);

    private static ExtractionException Refused(SearchPath path, string why, int line = 0, bool overrun = false) =>
        new($"{path.Name} cannot be read.", [new(path.Name, line, 0, why) { Path = path.Header }]) { Overrun = overrun };

    /// <summary>How many macros may swallow the questions after them and be left out for it; each costs a parse.</summary>
    private const int MacrosLeftOut = 8;

    /// <summary>
    /// What is said of a macro that, expanded in a question, swallows the questions after it. The header is
    /// not at fault.
    /// </summary>
    internal const string NotSelfContained = "is not self-contained, expanding it swallows the code after it";

    private static ExtractionException BrokenOff(ProbedHeader header, string question, SearchPath path)
    {
        var name = MacroProbe.MacroOf(question);
        var line = header.Macros.Own.FirstOrDefault(macro => macro.Name == name)?.Line ?? 0;
        return Refused(path, $"macro {name} {NotSelfContained}: {header.Answers.Error(question) ?? "it has no end"}", line);
    }

    /// <remarks>
    /// The compiler has to be asked about each macro by name, so the names have to be known before. For most headers the
    /// text gives them well enough, and then one parse does. Where conditions or includes make the text misleading, that
    /// first parse gives the names, and a second one asks.
    /// </remarks>
    internal static ExtractedHeader Extract(SearchPath path, HeaderText text, WantedNames? wanted = null, bool withDocs = true)
    {
        using var guessed = new ProbedHeader(path, text.Questions.And(wanted?.Questions), wanted?.Macros);
        if (guessed.IsWhole && guessed.HasEveryAnswer())
            return ModelOf(guessed, path, wanted, new Dictionary<string, string>(), withDocs);
        var leftOut = new Dictionary<string, string>(StringComparer.Ordinal);
        var questions = MacroQuestions.For(guessed.IsWhole ? guessed.Macros : MacrosAlone(path, wanted), wanted?.Macros);
        while (true)
        {
            using var known = new ProbedHeader(path, questions, wanted?.Macros);
            if (!known.Answers.HeaderEnds)
                throw Refused(path, "the body of a function in it does not end");
            if (known.Answers.BreaksOffAt is not { } question)
                return ModelOf(known, path, wanted, leftOut, withDocs);
            // It opens in the body of another macro what is not closed there, which only its expansion shows.
            var name = MacroProbe.MacroOf(question);
            if (leftOut.Count == MacrosLeftOut || !questions.Ask(name))
                throw BrokenOff(known, question, path);
            leftOut.Add(name, $"{NotSelfContained}: {known.Answers.Error(question) ?? "it has no end"}");
            questions = questions.Without(name);
        }
    }

    private static ExtractedHeader ModelOf(
        ProbedHeader header, SearchPath path, WantedNames? wanted, IReadOnlyDictionary<string, string> leftOut, bool withDocs)
    {
        RefuseForeign(header.Unit, path);
        var macros = header.Macros.Own;
        var names = macros.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);
        var comments = new CommentReader(withDocs ? header.Unit.CommentsOfFile(path.Header) : [], names);
        var declarations = new DeclarationReader(header.Unit, path, comments);
        declarations.ReadHeader();
        var evaluator = new MacroEvaluator(macros, header.Asked, path, comments) { LeftOut = leftOut };
        evaluator.Read(header.Answers, declarations);
        evaluator.ReadEnumerators(header.AskedEnumerators, header.Answers, declarations);

        var spec = new AbiSpec { Header = path.Name, Target = path.Target, PointerSize = header.Unit.PointerSize };
        spec = AbiOrder.Sorted(new GroupFinder(macros, declarations.AddTo(evaluator.AddTo(spec))).Grouped());
        return new(spec)
        {
            Read = header.Unit.Files(),
            Elsewhere = wanted is null ? new() : Elsewhere(header, path, wanted, leftOut),
            Borrowed = path.Borrowed.LastOrDefault(
                directory => header.Unit.FilesUnder(path.Header).Any(file => file.StartsWith(directory + "/", StringComparison.Ordinal))),
        };
    }

    /// <summary>What of the wanted names other headers define.</summary>
    private static AbiSpec Elsewhere(
        ProbedHeader header, SearchPath path, WantedNames wanted, IReadOnlyDictionary<string, string> leftOut)
    {
        var comments = new CommentReader([], new HashSet<string>());
        var declarations = new DeclarationReader(header.Unit, path, comments);
        declarations.ReadOthers(wanted.Identifiers);
        var evaluator = new MacroEvaluator([.. header.Macros.Others.Where(macro => wanted.Macros.Contains(macro.Name))], header.Asked,
            path, comments) { LeftOut = leftOut };
        evaluator.Read(header.Answers, declarations);
        return AbiOrder.Sorted(declarations.AddTo(evaluator.AddTo(new() { Target = path.Target, PointerSize = header.Unit.PointerSize })));
    }

    /// <summary>
    /// The header's macros, from a parse in which nothing stands behind it: what is wrong with the header is told
    /// where it is wrong.
    /// </summary>
    private static HeaderMacros MacrosAlone(SearchPath path, WantedNames? wanted)
    {
        using var unit = TranslationUnit.Parse(ProbedHeader.ProbeName, $"#include \"{path.Header}\"\n", path.ClangArguments);
        var errors = unit.Errors();
        if (errors.Count > 0)
        {
            RefuseForeign(unit, path);
            if (path.Preludes.FirstOrDefault(prelude => errors.Any(error => error.Message == $"'{prelude}' file not found")) is { } prelude)
                throw new ExtractionException(
                    $"The prelude {prelude} does not exist: there is neither a file nor a header of that name.", []);
            throw new ExtractionException(
                $"{path.Name} is not C that compiles for {path.Target}. If an include is missing, name its directory with --include; "
                    + "a kernel's headers are complete only after 'make headers_install'.",
                [.. errors.Select(error => PlaceOf(error, path)).Distinct()]);
        }
        return MacroReader.Read(unit, path.Header, wanted?.Macros);
    }

    /// <summary>Refuses a header that reads another architecture's <c>asm</c>: what comes of it is the ABI of no machine.</summary>
    private static void RefuseForeign(TranslationUnit unit, SearchPath path)
    {
        var roots = unit.Files().Append(path.Header).Select(Path.GetFullPath).Select(Path.GetDirectoryName)
            .Where(folder => Path.GetFileName(folder) == "asm").Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal);
        if (roots.Select(root => KernelArchitecture.Mismatch(root!, path.Target)).FirstOrDefault(why => why is not null) is { } mismatch)
            throw new ExtractionException($"{path.Name} cannot be read for {path.Target}. {mismatch}", []);
    }

    /// <summary>
    /// What the header leaves open, the compiler misses behind it, in the line that includes it: that is the end of
    /// the header.
    /// </summary>
    private static HeaderError PlaceOf(ClangError error, SearchPath path) => error.File == ProbedHeader.ProbeName
        ? new(path.Name, File.ReadLines(path.Header).Count(), 0, $"{error.Message} (at the end of the header)") { Path = path.Header }
        : new(path.NameOf(error.File), error.Line, error.Column, error.Message) { Path = error.File };
}

/// <summary>A header's model and what it depends on.</summary>
public sealed record ExtractedHeader(AbiSpec Spec)
{
    /// <summary>Absolute paths of the header and of everything it includes, sorted.</summary>
    public IReadOnlyList<string> Files =>
        [.. Read.Where(File.Exists).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What the compiler read, as it names it.</summary>
    public IReadOnlyList<string> Read { get; init; } = [];

    /// <summary>
    /// What the included headers define of <see cref="HeaderRequest.Wanted"/>, each with its location; empty when
    /// nothing was wanted.
    /// </summary>
    public AbiSpec Elsewhere { get; init; } = new();

    /// <summary>
    /// The directory of this machine's own headers that some of the files are from, because the header lies in no whole one;
    /// else null.
    /// </summary>
    public string? Borrowed { get; init; }

    /// <summary>What to tell of that, for whoever meant the headers of another machine.</summary>
    public string? BorrowedInWords => Borrowed is null ? null
        : $"{Spec.Header} lies in no directory of headers, so what it includes is this machine's ({Borrowed}); --include names another";
}
