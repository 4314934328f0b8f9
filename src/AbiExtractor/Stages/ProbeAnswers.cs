using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>The compiler's answers to a probe: a variable for each question it could answer, an error for each it could not.</summary>
internal sealed unsafe class ProbeAnswers
{
    private const int MostTypedefs = 16;

    private readonly Dictionary<string, CXCursor> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <param name="cursors">What stands in the probe itself.</param>
    /// <param name="errors">All errors of the unit.</param>
    public ProbeAnswers(IReadOnlyList<CXCursor> cursors, IReadOnlyList<ClangError> errors, MacroProbe probe, string probeName)
    {
        foreach (var error in errors)
        {
            if (error.File == probeName && probe.Lines.TryGetValue(error.Line, out var variable))
                _errors.TryAdd(variable, Reason.Of(error.Message));
        }
        var asserted = new HashSet<int>();
        foreach (var cursor in cursors)
        {
            if (cursor.Kind is not (CursorKind.VarDecl or CursorKind.StaticAssert))
                continue;
            var line = TranslationUnit.LineOf(clang_getCursorLocation(cursor));
            if (cursor.Kind == CursorKind.StaticAssert)
                asserted.Add(line);
            else if (probe.Lines.TryGetValue(line, out var variable) && !_variables.TryAdd(variable, cursor))
                _errors.TryAdd(variable, "it goes on with a declaration of its own");
        }
        HeaderEnds = asserted.Contains(probe.Fences[0]);
        BreaksOffAt = LastBeforeLoss(probe, probe.Fences.All(asserted.Contains));
    }

    /// <summary>Whether the header ends where its file ends, and has not made what stands behind it a part of itself.</summary>
    public bool HeaderEnds { get; }

    /// <summary>The question behind which others found no ear, neither an answer nor an error; null when each has one.</summary>
    public string? BreaksOffAt { get; }

    private string? LastBeforeLoss(MacroProbe probe, bool fencesStand)
    {
        string? last = null;
        foreach (var (line, variable) in probe.Lines)
        {
            if (line > probe.EndOfValues && !HasAnswer(MacroProbe.ReadDirection))
                break;
            if (!HasAnswer(variable))
                return last ?? variable;
            last = variable;
        }
        return fencesStand ? null : last;
    }

    private bool HasAnswer(string variable) => _variables.ContainsKey(variable) || _errors.ContainsKey(variable);

    /// <summary>Why the compiler refused the question, or null.</summary>
    public string? Error(string variable) => _errors.GetValueOrDefault(variable);

    /// <summary>The type of the answer, without typedefs; null when there is no answer.</summary>
    public CXType? Type(string variable) =>
        _errors.ContainsKey(variable) || !_variables.TryGetValue(variable, out var cursor) ? null : clang_getCanonicalType(clang_getCursorType(cursor));

    public BigInteger? Integer(string variable) =>
        Value(variable) is { Kind: ValueKind.Integer } value ? BigInteger.Parse(value.Text, CultureInfo.InvariantCulture) : null;

    /// <summary>The value of the answer; null when there is none or it is no constant.</summary>
    public (ValueKind Kind, string Text)? Value(string variable)
    {
        if (_errors.ContainsKey(variable) || !_variables.TryGetValue(variable, out var cursor))
            return null;
        var result = clang_Cursor_Evaluate(cursor);
        if (result is null)
            return null;
        try
        {
            return clang_EvalResult_getKind(result) switch
            {
                EvaluationKind.Integer when clang_EvalResult_isUnsignedInt(result) != 0 =>
                    (ValueKind.Integer, clang_EvalResult_getAsUnsigned(result).ToString(CultureInfo.InvariantCulture)),
                EvaluationKind.Integer => (ValueKind.Integer, clang_EvalResult_getAsLongLong(result).ToString(CultureInfo.InvariantCulture)),
                EvaluationKind.Float => (ValueKind.Float, clang_EvalResult_getAsDouble(result).ToString("R", CultureInfo.InvariantCulture)),
                EvaluationKind.Text => (ValueKind.String, Latin1(clang_EvalResult_getAsStr(result))),
                _ => null,
            };
        }
        finally
        {
            clang_EvalResult_dispose(result);
        }
    }

    /// <summary>Whether a text is all of the string: one of wide characters, or with a NUL inside, is longer than the text that libclang makes of it.</summary>
    public bool IsPlainText(string variable, string text) =>
        Literal(_variables[variable]) is not { } literal || clang_Type_getSizeOf(clang_getCursorType(literal)) == text.Length + 1;

    /// <summary>
    /// The name that an answer gives the integer it is made of, where that name promises an order of bytes, itself or by what it
    /// stands for: <c>__be32</c>. The answer's own type knows no typedefs any more.
    /// </summary>
    public string? OrderedInteger(string variable) => _variables.TryGetValue(variable, out var cursor)
        && Named(cursor) is { } type && IsOrdered(type) ? Take(clang_getTypeSpelling(type)) : null;

    /// <summary>The first type that is named in an expression.</summary>
    private static CXType? Named(CXCursor cursor)
    {
        foreach (var child in TranslationUnit.Children(cursor))
        {
            if (child.Kind == CursorKind.TypeReference)
                return clang_getCursorType(child);
            if (Named(child) is { } deeper)
                return deeper;
        }
        return null;
    }

    private static bool IsOrdered(CXType type)
    {
        for (var steps = 0; steps < MostTypedefs; steps++)
        {
            var declaration = clang_getTypeDeclaration(type);
            if (declaration.Kind != CursorKind.TypedefDecl)
                return false;
            if (Take(clang_getCursorSpelling(declaration)) is "__be16" or "__be32" or "__be64" or "__le16" or "__le32" or "__le64")
                return true;
            type = clang_getTypedefDeclUnderlyingType(declaration);
        }
        return false;
    }

    private static CXCursor? Literal(CXCursor cursor)
    {
        foreach (var child in TranslationUnit.Children(cursor))
        {
            if (child.Kind == CursorKind.StringLiteral)
                return child;
            if (Literal(child) is { } deeper)
                return deeper;
        }
        return null;
    }

    private static string Latin1(byte* text) =>
        System.Text.Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
