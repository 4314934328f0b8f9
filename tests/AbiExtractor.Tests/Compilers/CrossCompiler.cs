namespace Faultline.AbiExtractor.Tests;

/// <summary>A C compiler for another machine. It answers facts in the data of an object file, which needs neither emulator nor that machine.</summary>
/// <param name="Target">The triple that the extractor is asked for.</param>
/// <param name="Include">Where the distribution has the machine's uapi headers.</param>
/// <param name="Packages">Debian's packages of both.</param>
internal sealed record CrossCompiler(string Target, string Program, string Include, string Packages)
{
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
    public async Task<(Dictionary<string, string> Answers, string Complaint)> Ask(
        string header, IReadOnlyList<Fact> facts, string directory, string name, CancellationToken cancellation)
    {
        var binary = Path.Combine(directory, name + ".o");
        var answered = await CProbe.Ask(Program, ["-ffreestanding"], header, facts, binary, cancellation);
        File.Delete(binary);
        return answered;
    }
}
