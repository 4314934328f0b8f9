namespace Faultline.AbiEmit.Go;

/// <summary>Machines by the name that Go gives them.</summary>
internal static class GoMachine
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["x86_64"] = "amd64",
        ["i386"] = "386",
        ["i686"] = "386",
        ["aarch64"] = "arm64",
        ["arm"] = "arm",
        ["riscv64"] = "riscv64",
        ["s390x"] = "s390x",
        ["powerpc64"] = "ppc64",
        ["powerpc64le"] = "ppc64le",
        ["mips"] = "mips",
        ["mipsel"] = "mipsle",
        ["mips64"] = "mips64",
        ["mips64el"] = "mips64le",
        ["loongarch64"] = "loong64",
    };

    /// <summary>The machine of a target triple, or null when Go has no name for it.</summary>
    public static string? Of(string target) => Names.TryGetValue(target.Split('-')[0], out var name) ? name : null;
}
