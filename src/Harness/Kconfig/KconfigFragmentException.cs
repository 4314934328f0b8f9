using Faultline.Harness.Judging;

namespace Faultline.Harness.Kconfig;

/// <summary>A line of a kconfig fragment cannot be understood (exit code 5).</summary>
internal sealed class KconfigFragmentException(string file, int line, string text)
    : FaultlineException(
        VerdictKind.KconfigDropped,
        $"{file}:{line}: '{text}' is not a kconfig line; write CONFIG_NAME=value, or '# CONFIG_NAME is not set'.")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
