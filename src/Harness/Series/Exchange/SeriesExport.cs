using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;
using Faultline.Machine;

namespace Faultline.Harness.Series.Exchange;

/// <summary>
/// Makes a branch of a series in a user's git tree. The commits are made elsewhere first, by the steps that apply a series before a build,
/// and the tree gets them all or none; its files, its index and its other branches are not touched.
/// </summary>
/// <param name="checkout">Where the steps lie.</param>
/// <param name="tree">The user's checkout.</param>
internal sealed class SeriesExport(Checkout checkout, string tree)
{
    /// <summary>sysexits.h: the step's word for a series that git refused.</summary>
    private const int DataError = 65;

    /// <param name="variant">Whose series.</param>
    /// <param name="branch">The branch's name.</param>
    /// <param name="revision">The commit that it begins with.</param>
    /// <returns>How many commits it has.</returns>
    /// <exception cref="KernelSourceException">The branch exists, or the commit does not exist.</exception>
    /// <exception cref="PatchDoesNotApplyException">A patch does not fit; nothing was changed.</exception>
    public async Task<int> RunAsync(Variant variant, string branch, string revision, CancellationToken cancellation)
    {
        var program = HostProgram.Git.Require("to make a branch of the series");
        var git = new TreeGit(program, tree);
        string[] question = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"];
        var onto = (await git.AskAsync(question, cancellation))?.Trim()
            ?? throw new KernelSourceException($"--base {revision}: {tree} has no such commit.");
        if (await git.AskAsync(["check-ref-format", "--branch", branch], cancellation) is null)
            throw new KernelSourceException($"--branch {branch}: git does not take that as the name of a branch.");
        if (await git.AskAsync(["rev-parse", "--verify", "--quiet", $"refs/heads/{branch}"], cancellation) is not null)
        {
            throw new KernelSourceException(
                $"{tree} has a branch {branch} already: give another name with --branch, or remove it (git branch -D {branch}).");
        }

        var objects = (await git.RunAsync(
            "Finding git's objects", ["rev-parse", "--path-format=absolute", "--git-path", "objects"], new Dictionary<string, string>(),
            cancellation)).Trim();
        var folder = Directory.CreateTempSubdirectory("faultline-").FullName;
        try
        {
            await ApplyAsync(variant, revision, folder, objects, onto, cancellation);
            // Only this writes to the user's repository: objects, then the one new name.
            var made = Path.Combine(folder, "tree");
            await git.RunAsync(
                $"Bringing the branch {branch} into the tree",
                ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", made, $"HEAD:refs/heads/{branch}"],
                new Dictionary<string, string>(), cancellation);
            return int.Parse(
                await git.RunAsync(
                    "Counting commits", ["rev-list", "--count", $"{onto}..refs/heads/{branch}"], new Dictionary<string, string>(),
                    cancellation),
                System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ApplyAsync(
        Variant variant, string revision, string folder, string objects, string onto, CancellationToken cancellation)
    {
        foreach (var (name, path) in variant.Series.StepFiles())
        {
            var copy = Path.Combine(folder, "parts", name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var steps = StepRunner.StepsFolder(checkout);
        var identity = await IdentityAsync(cancellation);
        var result = await Cli.Wrap("sh").WithArguments([Path.Combine(steps, "export-series"), steps, folder, objects, onto])
            .WithEnvironmentVariables(environment =>
            {
                foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
                {
                    if (name.StartsWith("GIT_", StringComparison.Ordinal))
                        environment.Set(name, null);
                }

                environment.Set("LC_ALL", "C.UTF-8").Set("GIT_CONFIG_NOSYSTEM", "1").Set("GIT_CONFIG_GLOBAL", "/dev/null")
                    .Set("GIT_COMMITTER_NAME", identity.Name).Set("GIT_COMMITTER_EMAIL", identity.Email)
                    .Set("GIT_CONFIG_COUNT", "1").Set("GIT_CONFIG_KEY_0", "safe.directory").Set("GIT_CONFIG_VALUE_0", "*");
            })
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        if (result.ExitCode == 0)
            return;
        string[] lines = result.StandardOutput.Split('\n');
        if (result.ExitCode == DataError)
            throw new PatchDoesNotApplyException(variant.Name, PatchFailure.Parse(lines), $"{revision} of {tree}", logPath: null);
        throw new KernelSourceException(
            $"{variant.Name}: the series could not be applied (exit code {result.ExitCode}); nothing was changed:\n"
            + string.Join('\n', lines.TakeLast(10)));
    }

    /// <summary>The person who commits, as the user's own git knows them.</summary>
    private async Task<(string Name, string Email)> IdentityAsync(CancellationToken cancellation)
    {
        async Task<string?> AskAsync(string key)
        {
            var answer = await Cli.Wrap(HostProgram.Git.Require("to make a branch of the series"))
                .WithArguments(["-C", tree, "config", "--get", key]).WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            return answer.StandardOutput.Trim() is { Length: > 0 } value ? value : null;
        }

        return (await AskAsync("user.name") ?? "Faultline", await AskAsync("user.email") ?? "faultline@localhost");
    }
}
