using System.Globalization;
using System.Text;

namespace Faultline.AbiExtractor.Tests;

/// <summary>A C compiler for another machine. It answers facts in the data of an object file, which needs neither emulator nor that machine.</summary>
/// <param name="Target">The triple that the extractor is asked for.</param>
/// <param name="Include">Where the distribution has the machine's uapi headers.</param>
/// <param name="Packages">Debian's packages of both.</param>
internal sealed record CrossCompiler(string Target, string Program, string Include, string Packages)
{
    private const string Numbers = ".faultline.numbers";
    private const string Floats = ".faultline.floats";

    /// <summary>Every target the project names but the x86-64 of the native cross-check.</summary>
    public static IReadOnlyList<CrossCompiler> All { get; } =
    [
        Of("i386-linux-gnu", "i686-linux-gnu", "i386"), Of("aarch64-linux-gnu", "aarch64-linux-gnu", "arm64"), Of("arm-linux-gnueabihf", "arm-linux-gnueabihf", "armhf"),
        Of("riscv64-linux-gnu", "riscv64-linux-gnu", "riscv64"), Of("mips-linux-gnu", "mips-linux-gnu", "mips"),
        Of("powerpc64le-linux-gnu", "powerpc64le-linux-gnu", "ppc64el"), Of("s390x-linux-gnu", "s390x-linux-gnu", "s390x"),
    ];

    private static CrossCompiler Of(string target, string gnu, string debian) =>
        new(target, gnu + "-gcc", $"/usr/{gnu}/include", $"gcc-{gnu} linux-libc-dev-{debian}-cross");

    public bool IsInstalled => Directory.Exists(Path.Combine(Include, "linux"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, Program)));

    /// <summary>The compiler's answers by key, or its first complaint.</summary>
    public async Task<(Dictionary<string, string> Answers, string Complaint)> Ask(string header, IReadOnlyList<Fact> facts, string directory, string name, CancellationToken cancellation)
    {
        var (source, binary) = (Path.Combine(directory, name + ".c"), Path.Combine(directory, name + ".o"));
        await File.WriteAllTextAsync(source, Write(header, facts), cancellation);
        var (status, _, complaint) = await CProbe.Run(Program, ["-std=gnu17", "-w", "-O0", "-ffreestanding", "-c", "-o", binary, source], cancellation);
        if (status != 0)
            return ([], complaint.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal)) ?? complaint);
        var answers = Read(new(await File.ReadAllBytesAsync(binary, cancellation)), facts);
        File.Delete(binary);
        return (answers, "");
    }

    /// <summary>C whose data are the facts: numbers in one section, every string and every record with a field of ones in a section of its own.</summary>
    private static string Write(string header, IReadOnlyList<Fact> facts)
    {
        var text = new StringBuilder($"#include <stddef.h>\n#include \"{header}\"\n#include <linux/ioctl.h>\n");
        // The second number of each pair is whether the first is negative; for one without a sign it never is.
        List(text, "unsigned long long", Numbers, facts.Where(fact => fact.Kind is FactKind.Unsigned or FactKind.Integer)
            .SelectMany(fact => new[] { $"(unsigned long long)({fact.C})", fact.Kind == FactKind.Integer ? $"(({fact.C}) < 0)" : "0" }));
        List(text, "double", Floats, facts.Where(fact => fact.Kind == FactKind.Float).Select(fact => fact.C));
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Kind == FactKind.Bits)
                text.Append(CultureInfo.InvariantCulture, $"{facts[i].Type} faultline_{i} __attribute__((section(\".faultline.{i}\"))) = {{ .{facts[i].C} = -1 }};\n");
            else if (facts[i].Kind == FactKind.Text)
                text.Append(CultureInfo.InvariantCulture, $"char faultline_{i}[] __attribute__((section(\".faultline.{i}\"))) = {facts[i].C};\n");
        }
        return text.ToString();
    }

    private static void List(StringBuilder text, string type, string section, IEnumerable<string> values) =>
        text.Append($"{type} faultline_{type[0]}[] __attribute__((section(\"{section}\"))) = {{\n\t").AppendJoin(",\n\t", values.Append("0")).Append("\n};\n");

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

    /// <summary>The first set bit and how many: from the low bit of each byte on little-endian machines, from the high bit on others.</summary>
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
