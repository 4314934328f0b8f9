using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>A compiler of another language, as the machine has it.</summary>
internal static class Compiler
{
    /// <summary>The first of these programs that is installed; without one the test is skipped.</summary>
    /// <param name="package">Debian's, for the reason.</param>
    public static string Find(string package, params string[] programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        var found = programs.SelectMany(program => folders.Select(folder => Path.Combine(folder, program))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(
            found is null, $"no {string.Join(" or ", programs)} is installed; ./build.sh test installs one, or: apt-get install {package}");
        return found!;
    }

    /// <summary>Runs it and fails with what it says, be it a warning.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (status, output, error) = await CProbe.Run(program, arguments, TestContext.Current.CancellationToken);
        Assert.True(
            status == 0 && error.Length == 0,
            $"{program} {string.Join(' ', arguments)}: exit {status}\n{error[..Math.Min(error.Length, 4000)]}");
        return output;
    }
}
