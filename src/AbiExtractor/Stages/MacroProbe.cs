using System.Text;

namespace Faultline.AbiExtractor.Stages;

/// <summary>What one line of the probe asks the compiler about one macro.</summary>
internal enum Question
{
    /// <summary>The macro's value and type.</summary>
    Value,

    /// <summary>The macro's value as an integer, for macros whose value is a pointer.</summary>
    Address,

    /// <summary>Whether the macro is an ioctl request: does it expand to one use of _IOC and nothing else?</summary>
    IsRequest,
    Direction,
    Type,
    Number,
    Size,

    /// <summary>The type whose size the request encodes.</summary>
    Argument,

    /// <summary>What the target writes for a direction.</summary>
    Side,
}

/// <summary>
/// Writes C whose variables are initialised with the header's macros, so that the compiler itself evaluates them.
/// Each question stands on a line of its own: an error on a line is the answer to that question.
/// </summary>
/// <remarks>
/// To take an ioctl request apart, <c>_IOC</c> is redefined to yield one of its arguments at a time. Macros expand where they are used,
/// so this reaches through any number of macros between the request and <c>_IOC</c> (<c>DRM_IOWR</c>, <c>_IOR_BAD</c> …).
/// </remarks>
internal sealed class MacroProbe
{
    public static readonly string ReadDirection = Variable(Question.Side, "_IOC_READ");
    public static readonly string WriteDirection = Variable(Question.Side, "_IOC_WRITE");

    private static readonly (Question Question, string Macros)[] RequestQuestions =
    [
        (Question.IsRequest, "#define _IOC(dir, type, nr, size) ((struct faultline_request *)0)"),
        (Question.Direction, "#define _IOC(dir, type, nr, size) (dir)"),
        (Question.Type, "#define _IOC(dir, type, nr, size) (type)"),
        (Question.Number, "#define _IOC(dir, type, nr, size) (nr)"),
        (Question.Size, "#define _IOC(dir, type, nr, size) (size)"),
        (Question.Argument, """
            #define _IOC(dir, type, nr, size) (size)
            #undef _IOC_TYPECHECK
            #define _IOC_TYPECHECK(t) ((__typeof__(t) *)0)
            #define sizeof(t) ((__typeof__(t) *)0)
            """),
    ];

    private readonly StringBuilder _text = new();
    private readonly OrderedDictionary<int, string> _lines = [];
    private readonly List<int> _fences = [];
    private int _line = 1;

    /// <summary>The probe's text.</summary>
    public string Text => _text.ToString();

    /// <summary>The variable each line declares, in the order of the lines.</summary>
    public IReadOnlyDictionary<int, string> Lines => _lines;

    /// <summary>
    /// Lines of assertions: behind the header, behind the values and at the end. Each stands at top level only where what is before it has
    /// ended: libclang skips the bodies of functions, so that one without an end is no error.
    /// </summary>
    public IReadOnlyList<int> Fences => _fences;

    /// <summary>Behind this line are the questions about requests, which only a unit that has _IOC is asked.</summary>
    public int EndOfValues => _fences[1];

    public static string Variable(Question question, string macro) => $"faultline_{question}_{macro}";

    /// <summary>The variable that asks what a macro is for some arguments.</summary>
    public static string Sample(string macro, string arguments) => $"faultline_Of{arguments.Replace(',', 'x')}_{macro}";

    /// <summary>The macro that a variable asks about.</summary>
    public static string MacroOf(string variable) => variable.Split('_', 3)[2];

    public static MacroProbe Write(string header, MacroQuestions questions)
    {
        var probe = new MacroProbe();
        probe.Add($"#include \"{header}\"");
        probe.Fence();
        probe.Add("""
            #if __has_include(<linux/ioctl.h>)
            #include <linux/ioctl.h>
            #endif
            """);
        foreach (var macro in questions.Values)
        {
            probe.Declare(Variable(Question.Value, macro), macro);
            if (questions.Addresses.Contains(macro))
                probe.Declare(Variable(Question.Address, macro), $"(__UINTPTR_TYPE__)({macro})");
        }
        foreach (var (macro, parameters) in questions.Samples)
        {
            foreach (var arguments in SampleArguments.For(parameters))
                probe.Declare(Sample(macro, arguments), $"{macro}({arguments})");
        }
        probe.Fence();
        if (questions.Requests.Count + questions.Enumerators.Count > 0)
            probe.TakeRequestsApart(questions);
        probe.Fence();
        return probe;
    }

    private void TakeRequestsApart(MacroQuestions questions)
    {
        Add("#ifdef _IOC");
        Declare(ReadDirection, "_IOC_READ");
        Declare(WriteDirection, "_IOC_WRITE");
        Add("struct faultline_request;");
        foreach (var (question, definitions) in RequestQuestions)
        {
            Add("#undef _IOC\n" + definitions);
            foreach (var macro in questions.Requests.Where(macro => !questions.Enumerators.ContainsKey(macro)))
                Declare(Variable(question, macro), macro);
            // The compiler has computed an enumerator already: its value can only be asked about as it is written.
            foreach (var (name, enumerator) in questions.Enumerators)
                Declare(Variable(question, name), enumerator.Expression);
        }
        Add("#endif");
    }

    private void Declare(string variable, string expression)
    {
        _lines.Add(_line, variable);
        Add($"__auto_type {variable} = {expression};");
    }

    /// <remarks>A header may have a macro of the keyword's name, as those have that are to be read by old compilers too.</remarks>
    private void Fence()
    {
        Add("#pragma push_macro(\"_Static_assert\")\n#undef _Static_assert");
        _fences.Add(_line);
        Add("_Static_assert(1, \"\");\n#pragma pop_macro(\"_Static_assert\")");
    }

    private void Add(string text)
    {
        _text.Append(text).Append('\n');
        _line += text.AsSpan().Count('\n') + 1;
    }
}
