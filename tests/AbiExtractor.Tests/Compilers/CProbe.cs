using System.Diagnostics;
using System.Text;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Turns facts into a C program that prints them, and asks the system's C compiler.</summary>
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

    private static string Print(Fact fact) => fact.Kind switch
    {
        FactKind.Unsigned => $"PRINT(\"{fact.Key}\", \"%llu\", (unsigned long long)({fact.C}));",
        FactKind.Integer => $"INTEGER(\"{fact.Key}\", {fact.C});",
        FactKind.Bits => $"{{ static {fact.Type} v; v.{fact.C} = -1; print_bits(\"{fact.Key}\", (void *)&v, sizeof(v)); }}",
        FactKind.Text => $"print_text(\"{fact.Key}\", {fact.C});",
        _ => $"FLOAT(\"{fact.Key}\", {fact.C});",
    };

    /// <summary>A program that prints every fact as <c>key TAB value</c>.</summary>
    public static string Program(string header, IEnumerable<Fact> facts)
    {
        var text = new StringBuilder($"#include <stddef.h>\n#include \"{header}\"\n#include <linux/ioctl.h>\n").Append(Prologue).Append("\nint main(void)\n{\n");
        foreach (var fact in facts)
            text.Append('\t').Append(Print(fact)).Append('\n');
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
