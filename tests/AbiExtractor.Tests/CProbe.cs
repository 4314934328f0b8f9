using System.Diagnostics;
using System.Globalization;
using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>
/// One checkable statement of a model, for example <c>offset struct uffd_msg.arg</c> is <c>8</c>, and the C that prints the same
/// without knowing the model's answer.
/// </summary>
internal sealed record Fact(string Key, string Value, string C);

/// <summary>Turns a model into facts, and facts into a C program that the system's C compiler answers.</summary>
internal static class CProbe
{
    private const string Prologue = """
        #include <stdio.h>
        #include <string.h>
        #define PRINT(key, format, value) printf("%s\t" format "\n", key, value)
        #define INTEGER(key, x) ((x) < 0 ? PRINT(key, "%lld", (long long)(x)) : PRINT(key, "%llu", (unsigned long long)(x)))
        static void print_bits(const char *key, const unsigned char *bytes, size_t size)
        {
        	size_t first = 0, count = 0;
        	for (size_t i = 0; i < size * 8; i++) {
        		if (!(bytes[i / 8] >> (i % 8) & 1))
        			continue;
        		if (!count++)
        			first = i;
        	}
        	printf("%s\t%zu+%zu\n", key, first, count);
        }
        static void print_text(const char *key, const char *text)
        {
        	printf("%s\t", key);
        	for (; *text; text++)
        		printf("%02x", (unsigned char)*text);
        	printf("\n");
        }
        #define FLOAT(key, x) do { double d = (x); unsigned long long u; memcpy(&u, &d, 8); PRINT(key, "%llx", u); } while (0)
        """;

    public static IEnumerable<Fact> Facts(AbiSpec spec)
    {
        foreach (var record in spec.Structs.Where(record => record.Origin != "<built-in>"))
        {
            var type = record.Tagged ? record.Id : record.Name;
            yield return Integer($"sizeof {record.Id}", record.Size, $"sizeof({type})");
            yield return Integer($"alignof {record.Id}", record.Align, $"_Alignof({type})");
            foreach (var fact in Fields(record, record.Id, type, "", 0))
                yield return fact;
        }
        foreach (var item in spec.Typedefs.Where(item => item.Size > 0))
            yield return Integer($"typedef {item.Name}", item.Size, $"sizeof({item.Name})");
        // A macro may take an enumerator's name ("#define MAX (MAX - 1)"); C then cannot name the enumerator any more.
        var macros = spec.Constants.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in spec.Enums.SelectMany(item => item.Members).Where(member => !macros.Contains(member.Name)))
            yield return new($"enum {member.Name}", member.Value.ToString(CultureInfo.InvariantCulture), $"INTEGER(\"enum {member.Name}\", {member.Name});");
        foreach (var constant in spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)))
            yield return Constant(constant);
        foreach (var ioctl in spec.Ioctls)
            yield return Integer($"ioctl {ioctl.Name}", ioctl.Code, $"(unsigned int)({ioctl.Name})");
    }

    /// <param name="path">The C path to the record around the fields, ending in a dot unless empty.</param>
    /// <param name="start">Bytes from the start of the named record.</param>
    private static IEnumerable<Fact> Fields(StructSpec record, string id, string type, string path, long start)
    {
        foreach (var field in record.Fields)
        {
            var name = path + field.Name;
            if (field.BitWidth is { } width)
            {
                if (field.Name.Length > 0 && width > 0)
                    yield return new($"bits {id}.{name}", $"{(start * 8) + field.BitOffset}+{width}", $"{{ static {type} v; v.{name} = -1; print_bits(\"bits {id}.{name}\", (void *)&v, sizeof(v)); }}");
                continue;
            }
            if (field.Name.Length > 0)
            {
                yield return Integer($"offset {id}.{name}", start + field.Offset, $"offsetof({type}, {name})");
                if (!field.Type.IsFlexible)
                    yield return Integer($"size {id}.{name}", field.Size, $"sizeof((({type} *)0)->{name})");
            }
            if (field.Inline is not { } inline || field.Type.IsFlexible || field.Type.Length == 0)
                continue;
            var inside = field.Name.Length == 0 ? path : name + string.Concat(field.Type.Dimensions.Select(_ => "[0]")) + ".";
            foreach (var fact in Fields(inline, id, type, inside, start + field.Offset))
                yield return fact;
        }
    }

    private static Fact Integer(string key, long value, string c) =>
        new(key, value.ToString(CultureInfo.InvariantCulture), $"PRINT(\"{key}\", \"%llu\", (unsigned long long)({c}));");

    private static Fact Constant(ConstantSpec constant) => constant.Kind switch
    {
        ValueKind.String => new($"string {constant.Name}", Convert.ToHexStringLower(Encoding.Latin1.GetBytes(constant.Value)), $"print_text(\"string {constant.Name}\", {constant.Name});"),
        ValueKind.Float => new($"float {constant.Name}",
            BitConverter.DoubleToUInt64Bits(double.Parse(constant.Value, CultureInfo.InvariantCulture)).ToString("x", CultureInfo.InvariantCulture), $"FLOAT(\"float {constant.Name}\", {constant.Name});"),
        _ when constant.Type.Kind == TypeKind.Pointer => new($"const {constant.Name}", constant.Value, $"PRINT(\"const {constant.Name}\", \"%llu\", (unsigned long long)(size_t){constant.Name});"),
        _ => new($"const {constant.Name}", constant.Value, $"INTEGER(\"const {constant.Name}\", {constant.Name});"),
    };

    /// <summary>A program that prints every fact as <c>key TAB value</c>.</summary>
    public static string Program(string header, IEnumerable<Fact> facts)
    {
        var text = new StringBuilder($"#include <stddef.h>\n#include \"{header}\"\n#include <linux/ioctl.h>\n").Append(Prologue).Append("\nint main(void)\n{\n");
        foreach (var fact in facts)
            text.Append('\t').Append(fact.C).Append('\n');
        return text.Append("\treturn 0;\n}\n").ToString();
    }

    /// <summary>Compiles and runs the program; gives what it printed, or the compiler's first complaint.</summary>
    public static async Task<(Dictionary<string, string> Answers, string Complaint)> Ask(
        string program, string directory, string name, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var (source, binary) = (Path.Combine(directory, name + ".c"), Path.Combine(directory, name));
        await File.WriteAllTextAsync(source, program, cancellation);
        var (status, _, complaint) = await Run("gcc", ["-std=gnu17", "-w", "-O0", .. arguments, "-o", binary, source], cancellation);
        if (status != 0)
            return ([], complaint.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal)) ?? complaint);
        var (_, output, _) = await Run(binary, [], cancellation);
        File.Delete(binary);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            answers[line[..line.IndexOf('\t', StringComparison.Ordinal)]] = line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..];
        return (answers, "");
    }

    public static async Task<(int Status, string Output, string Error)> Run(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
