using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Faultline.AbiExtractor.Tests;

/// <summary>
/// Asks a C compiler for facts. They are the data of an object file: that needs one compilation, no linker and nothing that runs, so a
/// compiler for another machine answers too, and a check of a thousand headers starts few processes.
/// </summary>
internal static class CProbe
{
    private const string Numbers = ".faultline.numbers";
    private const string Floats = ".faultline.floats";

    /// <summary>
    /// The compiler's answers by key, or its first complaint. The object file stays, for whoever wants more of it; its source is beside it.
    /// </summary>
    public static async Task<(Dictionary<string, string> Answers, string Complaint)> Ask(
        string compiler, string[] arguments, string header, IReadOnlyList<Fact> facts, string binary, CancellationToken cancellation)
    {
        var source = Path.ChangeExtension(binary, ".c");
        await File.WriteAllTextAsync(source, Write(header, facts), cancellation);
        string[] all = ["-std=gnu17", "-w", "-O0", .. arguments, "-c", "-o", binary, source];
        var (status, _, complaint) = await Run(compiler, all, cancellation);
        return status == 0 ? (Read(new(await File.ReadAllBytesAsync(binary, cancellation)), facts), "")
            : ([], complaint.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal)) ?? complaint);
    }

    public static async Task<(int Status, string Output, string Error)> Run(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>C whose data are the facts: numbers in one section, each string and each record with a field of ones in its own.</summary>
    private static string Write(string header, IReadOnlyList<Fact> facts)
    {
        var text = new StringBuilder($"#include <stddef.h>\n#include \"{header}\"\n#include <linux/ioctl.h>\n");
        // The second number of each pair is whether the first is negative; for one without a sign it never is.
        List(text, "unsigned long long", Numbers, facts.Where(fact => fact.Kind is FactKind.Unsigned or FactKind.Integer)
            .SelectMany(fact => new[] { $"(unsigned long long)({fact.C})", fact.Kind == FactKind.Integer ? $"(({fact.C}) < 0)" : "0" }));
        List(text, "double", Floats, facts.Where(fact => fact.Kind == FactKind.Float).Select(fact => fact.C));
        for (var i = 0; i < facts.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"__attribute__((section(\".faultline.{i}\")))");
            if (facts[i].Kind == FactKind.Bits)
                text.Append(CultureInfo.InvariantCulture, $"{facts[i].Type} faultline_{i} {place} = {{ .{facts[i].C} = -1 }};\n");
            else if (facts[i].Kind == FactKind.Text)
                text.Append(CultureInfo.InvariantCulture, $"char faultline_{i}[] {place} = {facts[i].C};\n");
        }
        return text.ToString();
    }

    private static void List(StringBuilder text, string type, string section, IEnumerable<string> values) =>
        text.Append($"{type} faultline_{type[0]}[] __attribute__((section(\"{section}\"))) = {{\n\t")
            .AppendJoin(",\n\t", values.Append("0")).Append("\n};\n");

    private static Dictionary<string, string> Read(ObjectFile file, IReadOnlyList<Fact> facts)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var (number, real) = (0, 0);
        for (var i = 0; i < facts.Count; i++)
        {
            answers[facts[i].Key] = facts[i].Kind switch
            {
                FactKind.Bits => Bits(file.Sections[$".faultline.{i}"].Span, file.BigEndian),
                FactKind.Text => Convert.ToHexStringLower(file.Sections[$".faultline.{i}"].Span.TrimEnd((byte)0)),
                FactKind.Float => file.Number(Floats, real++).ToString("x", CultureInfo.InvariantCulture),
                _ => Signed(file.Number(Numbers, number++), file.Number(Numbers, number++)),
            };
        }
        return answers;
    }

    private static string Signed(ulong value, ulong negative) =>
        negative != 0 ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The first set bit and how many: from each byte's low bit on little-endian machines, from the high bit on others.</summary>
    private static string Bits(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var (first, count) = (0, 0);
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            if ((bytes[i / 8] >> (bigEndian ? 7 - (i % 8) : i % 8) & 1) == 0)
                continue;
            if (count++ == 0)
                first = i;
        }
        return $"{first}+{count}";
    }
}
