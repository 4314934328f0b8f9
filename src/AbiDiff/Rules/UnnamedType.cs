using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>A type in full together with the records in it that have no name.</summary>
/// <param name="Spelling">As the header has it.</param>
/// <param name="Full">Without typedefs, a <c>{...}</c> for each such record.</param>
/// <param name="Records">They themselves, in that order; none where a typedef has them, or nobody tells.</param>
internal sealed partial record UnnamedType(string Spelling, string Full, EquatableArray<StructSpec> Records)
{
    public static UnnamedType Of(FieldSpec field) => new(field.CType, FullType.Of(field) ?? "", field.Unnamed);

    public static UnnamedType Of(TypedefSpec typedef) => new(typedef.CType, FullType.Of(typedef) ?? "", typedef.Unnamed);

    /// <summary>How many such records the text has.</summary>
    public int Count => Records.Count > 0 ? Records.Count : Hole().Count(Full);

    /// <summary>
    /// The one record that pointers or rows of them lead to, and all that stands around its name; null for anything else.
    /// </summary>
    public (string Record, string Around)? End => Ended().Match(Full) is { Success: true } match
        ? (match.Groups["record"].Value, Full.Remove(match.Groups["record"].Index, match.Groups["record"].Length)) : null;

    /// <summary>
    /// Where each such record of a function's type is: <c>f(1)</c> behind its first argument, <c>f()</c> behind what it gives.
    /// </summary>
    public static IEnumerable<string> Places(string text, string path)
    {
        if (Hole().Count(text) == 0)
            return [];
        return FunctionType.Of(text) is not { } function ? [Subject.Behind(path)]
            : Places(function.Gives, path + "()")
                .Concat(function.Takes.SelectMany((argument, at) => Places(argument, $"{path}({at + 1})")));
    }

    [GeneratedRegex(@"\{\.\.\.\}", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(const |volatile )*(?<record>(struct|union) \{\.\.\.\}|(struct|union|typedef) [\w$]+)[^(]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ended();
}
