namespace Faultline.AbiDiff.Rules;

/// <summary>
/// How reports call the things inside a record: <c>struct x.field</c>, and <c>struct x.pointer-&gt;field</c> behind a pointer.
/// </summary>
internal static class Subject
{
    private const string Arrow = "->";

    /// <summary>What a pointer points to, when that has no name.</summary>
    public static string Behind(string pointer) => pointer + Arrow;

    public static string Member(string record, string name) => Start(record) + name;

    /// <summary>The name of a member without that of its record.</summary>
    public static string NameIn(string record, string member) => member[Start(record).Length..];

    /// <summary>The name that a subject begins with: <c>x</c> of <c>struct x.field</c>.</summary>
    public static string NameOf(string subject)
    {
        var whole = subject.Split('.', '-', '(')[0];
        return whole[(whole.LastIndexOf(' ') + 1)..];
    }

    private static string Start(string record) => record.EndsWith(Arrow, StringComparison.Ordinal) ? record : record + ".";
}
