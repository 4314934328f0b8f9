using System.Text;

namespace Faultline.AbiExtractor.Tests.Fuzzing;

/// <summary>Makes the header of a seed: a fixture with wounds, a splice of two, or C from a small grammar. The same seed always makes the same bytes.</summary>
internal static class HeaderMaker
{
    private static readonly string[] Snippets =
    [
        "{", "}", "(", ")", ";", "\"", "'", "/*", "*/", "\\\n", "#", "##", "#define A ", "#undef A\n", "#if 0\n", "#if 1\n", "#else\n", "#endif\n", "#error stop\n", "#pragma pack(1)\n",
        "#pragma once\n", "#include_next <stdio.h>\n", "#include \"fuzz.h\"\n", "#line 7 \"elsewhere.h\"\n", "struct ", "union {", "enum { B = ", "typedef ", " : 3", " : 0", "[", "]", "[0]", "[]",
        "[-1]", "[1ULL << 60]", "[1ULL << 41]", "__attribute__((packed))", "__attribute__((aligned(1 << 28)))", "__attribute__((aligned(3)))", "__attribute__((junk(1, 2)))",
        "__attribute__((mode(DI)))", "__attribute__((vector_size(16)))", "__extension__ ", "_Static_assert(0, \"no\");", "_Static_assert(1, \"yes\");", "_IOWR('a', 1, ", "_IOC(",
        "_IOC(3, 'a', 1, 0x10000)", "_IOC(3, 999, 1, 4)", "sizeof(", "_Alignof(", "__builtin_offsetof(struct plain, word)", "-1", "1 << 64", "1 / 0", "0x", "0b101", "1e999", "0x1p-3",
        "L\"x\"", "u8\"x\"", "\"a\\0b\"", "'abcd'", "'\\xff'", "\0", "\u00e9", "\\u00e9", "\ufeff", "__auto_type", "faultline_Value_0", "struct faultline_request", "...", "?:", "({ 1; })", "do ",
        "static inline int f(void) { ", "extern ", "long double ", "_Bool ", "__int128 ", "((unsigned __int128)1 << 100)", "_Complex double ", "_Atomic int ", "_BitInt(37) ", "__typeof__(",
        "\r\n", "\f", "??=", "%:define ", "__COUNTER__", "__LINE__", "__FILE__", "__VA_ARGS__", "__asm__(\"nop\");", "void *", "(*", "&", "- - - - ", "~!~!", "defined(A)", "#define struct union\n",
        "#define int long\n", "#define sizeof\n", "#define __auto_type int\n", "#define _IOC 1\n", "#define _IOC(a, b, c, d) (a)\n", "#define A A\n", "#define A() A\n",
        "#define OPEN {\n#define START OPEN\n", "#define OPEN(x) { x\n#define START OPEN(1)\n", "#define OPEN sizeof(struct {\n#define START OPEN\n", "#define CLOSE }\n#define STOP CLOSE\n",
        "#define TWO 1; int second = 2\n#define FIRST TWO\n", "#define TWO 1, second = 2\n", "static inline int f(void) { return 0;\n",
    ];

    private static readonly string[] Scalars = ["int", "unsigned", "char", "short", "long long", "unsigned long", "_Bool", "float", "double", "__int128", "void *", "signed char", "enum e0", "struct s0", "union u0"];

    private static readonly string[] Sources = [.. new[] { "records.h", "macros.h", "ioctls.h", "names.h" }.Select(name => Path.Combine(Repository.Headers, "c", name)).Where(File.Exists).Select(File.ReadAllText)];

    public static byte[] Make(int seed)
    {
        var random = new Random(seed);
        var text = random.Next(4) switch
        {
            0 => Grown(random),
            1 => Spliced(random),
            _ => Wounded(random, Sources[random.Next(Sources.Length)]),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var flips = random.Next(8) == 0 ? random.Next(1, 4) : 0; flips > 0 && bytes.Length > 0; flips--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Wounded(Random random, string source)
    {
        var text = new StringBuilder(source);
        for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
        {
            var start = random.Next(text.Length + 1);
            text.Remove(start, Math.Min(random.Next(7), text.Length - start)).Insert(start, Snippets[random.Next(Snippets.Length)]);
        }
        return text.ToString();
    }

    private static string Spliced(Random random)
    {
        var (left, right) = (Sources[random.Next(Sources.Length)].Split('\n'), Sources[random.Next(Sources.Length)].Split('\n'));
        return string.Join('\n', left.Take(random.Next(left.Length)).Concat(right.Skip(random.Next(right.Length))));
    }

    /// <summary>Declarations and macros that mostly compile: what passes the compiler reaches the stages behind it.</summary>
    private static string Grown(Random random)
    {
        var text = new StringBuilder("enum e0 { E0 };\nstruct s0 { int a; };\nunion u0 { int b; char c; };\n");
        for (var i = 1; i < random.Next(2, 12); i++)
        {
            _ = random.Next(6) switch
            {
                0 => text.Append($"enum e{i} {{ E{i} = {Number(random)}, F{i} }};\n"),
                1 => text.Append($"typedef {Scalars[random.Next(Scalars.Length)]} t{i}{Suffix(random)};\n"),
                2 => text.Append($"#define M{i} {(random.Next(4) == 0 ? $"M{random.Next(i)}" : Expression(random, i, 3))}\n"),
                3 => text.Append($"#define FLAG_{i} (1{(random.Next(2) == 0 ? "" : "ULL")} << {random.Next(70)})\n"),
                _ => text.Append(random.Next(4) == 0 ? "union" : "struct").Append($" s{i} {{\n{Members(random, 3)}}}{(random.Next(4) == 0 ? " __attribute__((packed))" : "")};\n"),
            };
        }
        return text.ToString();
    }

    private static string Members(Random random, int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < random.Next(0, 6); i++)
        {
            _ = random.Next(7) switch
            {
                0 when depth > 0 => text.Append($"{(random.Next(2) == 0 ? "struct" : "union")} {{\n{Members(random, depth - 1)}}}{(random.Next(2) == 0 ? "" : $" n{depth}{i}{Suffix(random)}")};\n"),
                1 => text.Append($"unsigned b{depth}{i} : {random.Next(1, 33)};\n"),
                2 => text.Append($"int (*f{depth}{i})(int);\n"),
                3 => text.Append($"{Scalars[random.Next(Scalars.Length)]} m{depth}{i} __attribute__(({(random.Next(2) == 0 ? "packed" : $"aligned({1 << random.Next(8)})")}));\n"),
                _ => text.Append($"{Scalars[random.Next(Scalars.Length)]} m{depth}{i}{Suffix(random)};\n"),
            };
        }
        return text.ToString();
    }

    private static string Suffix(Random random) => random.Next(8) switch { 0 => $"[{random.Next(5)}]", 1 => $"[{random.Next(1, 4)}][{random.Next(4)}]", 2 => "[]", _ => "" };

    private static string Number(Random random) => random.Next(6) switch
    {
        0 => "0x" + random.NextInt64().ToString("x"),
        1 => "-" + random.Next(),
        2 => $"'{(char)random.Next('a', 'z')}'",
        3 => $"(1ULL << {random.Next(64)})",
        _ => random.Next(300).ToString(),
    };

    private static string Expression(Random random, int macro, int depth) => depth == 0 ? Number(random) : random.Next(9) switch
    {
        0 => $"(M{random.Next(macro)} | {Number(random)})",
        1 => $"((unsigned char){Expression(random, macro, depth - 1)})",
        2 => $"sizeof(struct s{random.Next(macro)})",
        3 => $"({Expression(random, macro, depth - 1)} {"+-*/%&|^<>"[random.Next(10)]} {Expression(random, macro, depth - 1)})",
        4 => $"\"text{random.Next(9)}\"",
        5 => $"({Expression(random, macro, depth - 1)} ? {Number(random)} : {Number(random)})",
        6 => $"{random.Next(9)}.{random.Next(9)}f",
        7 => $"((void *){Number(random)})",
        _ => Number(random),
    };
}
