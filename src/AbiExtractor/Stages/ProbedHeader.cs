using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>A header parsed together with a probe. Cursors and answers die with it.</summary>
internal sealed class ProbedHeader : IDisposable
{
    /// <summary>The name that the compiler knows the probe by; no such file exists.</summary>
    public const string ProbeName = "faultline-probe.c";

    private readonly MacroQuestions _asked;
    private readonly IReadOnlySet<string>? _wanted;

    /// <param name="wanted">Macros to be read wherever they are defined.</param>
    /// <exception cref="ClangFailedException">libclang gave no translation unit at all.</exception>
    public ProbedHeader(SearchPath path, MacroQuestions questions, IReadOnlySet<string>? wanted = null)
    {
        (_asked, _wanted) = (questions, wanted);
        var probe = MacroProbe.Write(path.Header, questions);
        Unit = TranslationUnit.Parse(ProbeName, probe.Text, path.ClangArguments);
        var errors = Unit.Errors();
        Answers = new(Unit.CursorsOfFile(ProbeName), errors, probe, ProbeName);
        IsWhole = Answers.HeaderEnds && errors.All(error => error.File == ProbeName && probe.Lines.ContainsKey(error.Line));
        Macros = MacroReader.Read(Unit, path.Header, wanted);
    }

    public TranslationUnit Unit { get; }

    /// <summary>The header's macros, as the compiler saw them.</summary>
    public HeaderMacros Macros { get; }

    /// <summary>The macros that were asked about.</summary>
    public IReadOnlySet<string> Asked => _asked.Values;

    /// <summary>The enumerators that were asked about.</summary>
    public IEnumerable<string> AskedEnumerators => _asked.Enumerators.Keys;

    public ProbeAnswers Answers { get; }

    /// <summary>Whether the header compiles and ends where its file ends, whatever became of the questions.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether each macro was asked about and has its answer, and no question was of something that could run into the next one.</summary>
    public bool HasEveryAnswer()
    {
        if (Answers.BreaksOffAt is not null)
            return false;
        var questions = MacroQuestions.For(Macros, _wanted);
        if (!_asked.Cover(questions))
            return false;
        // A name that is no macro at all is an error on its line. One that another header defines may stand for anything.
        return !_asked.Values.Except(questions.Values).Any(Unit.Macros.ContainsKey);
    }

    public void Dispose() => Unit.Dispose();
}
