using System.Globalization;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// The arguments for which a macro that takes some is evaluated: few, and of each size that such a macro cuts or shifts by.
/// </summary>
internal static class SampleArguments
{
    private const int MostParameters = 6;

    /// <summary>More macros than any header has; of one that has more, none is asked about.</summary>
    private const int MostMacros = 4096;

    /// <summary>
    /// The samples: the first argument of each, and the step to the next. None is negative: that would tell <c>4U</c> from <c>4</c>
    /// in a comparison, where no program passes one. In the last five no two bits are set in the same ones, so that what takes one bit
    /// is not taken for what takes another.
    /// </summary>
    private static readonly (ulong First, ulong Step)[] Rows =
    [
        (0, 0), (1, 1), (5, 6), (0x1234, 0x1111),
        (0x12345678, 0x01010101), (uint.MaxValue, 0), (0x123456789abcdef0, 0x0101010101010101), (ulong.MaxValue, 0),
        (0xaaaaaaaaaaaaaaaa, 0), (0xcccccccccccccccc, 0), (0xf0f0f0f0f0f0f0f0, 0), (0xff00ff00ff00ff00, 0), (0xffff0000ffff0000, 0),
    ];

    /// <summary>Which of some macros that take arguments are asked about, with how many they take.</summary>
    public static HashSet<(string Macro, int Parameters)> Of(IEnumerable<MacroDefinition> macros)
    {
        var asked = macros.Select(macro => (macro.Name, Parameters: ParametersOf(macro))).Where(macro => macro.Parameters is not null)
            .Take(MostMacros + 1).Select(macro => (macro.Name, macro.Parameters!.Value)).ToHashSet();
        return asked.Count > MostMacros ? [] : asked;
    }

    /// <summary>The arguments of each sample, with a comma between.</summary>
    public static IEnumerable<string> For(int parameters) => Rows.Take(parameters == 0 ? 1 : Rows.Length).Select(row =>
        string.Join(',', Enumerable.Range(0, parameters)
            .Select(i => (row.First + ((ulong)i * row.Step)).ToString(CultureInfo.InvariantCulture))));

    /// <summary>
    /// How many arguments a macro is asked about with: its parameters, and of one that takes any number those that it names.
    /// Null when it takes more than are asked about.
    /// </summary>
    public static int? ParametersOf(MacroDefinition macro)
    {
        var between = macro.Body.Skip(1).TakeWhile(token => token.Text != ")").Select(token => token.Text).ToList();
        // A text read without a compiler has the dots one by one. "args..." is a name and dots, and stands for any number as "..." does.
        var dots = between.FindIndex(text => text.StartsWith('.'));
        var named = dots < 0 ? between : between[..dots];
        var count = named.Count(text => text != ",") - (dots > 0 && named[^1] != "," ? 1 : 0);
        return count <= MostParameters ? count : null;
    }
}
