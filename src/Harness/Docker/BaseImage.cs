using CliWrap;
using CliWrap.Exceptions;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Docker;

/// <summary>
/// The Debian bookworm every image stands on: <c>debian:bookworm-slim</c> when the engine has it or can pull it quickly, else one made on this
/// machine by <c>images/bookworm/create</c> (mmdebstrap) and imported as <c>faultline/bookworm:KEY</c>.
/// </summary>
/// <param name="RecipeFolder">The folder that holds <c>create</c>.</param>
internal sealed record BaseImage(string RecipeFolder) : ImageSource
{
    private const string Repository = "faultline/bookworm";
    private static readonly TimeSpan PullLimit = TimeSpan.FromSeconds(45);

    /// <summary>Over the recipe, whether or not the engine's own image spares making it: which one was used is no input.</summary>
    public override string Key => InputHash.Of(hash => hash.AddFolder(RecipeFolder))[..12];

    public override IReadOnlyList<string> Folders => [RecipeFolder];

    /// <exception cref="ImageBuildException">It could neither be pulled nor made.</exception>
    public async Task<ImageReference> EnsureAsync(ContainerEngine engine, Action<string>? onLine = null, CancellationToken cancellation = default)
    {
        var key = Key;
        var own = $"{Repository}:{key}";
        if (await engine.Images.ExistsAsync(own, cancellation))
            return new ImageReference(own, Cached: true, "made here by an earlier run");
        if (await engine.Images.ExistsAsync("debian:bookworm-slim", cancellation))
            return new ImageReference("debian:bookworm-slim", Cached: true, "the engine has it");
        if (await engine.Images.TryPullAsync("debian", "bookworm-slim", PullLimit, onLine, cancellation))
            return new ImageReference("debian:bookworm-slim", Cached: false, "pulled");

        onLine?.Invoke($"making {own} with mmdebstrap");
        await MakeAsync(engine, key, onLine, cancellation);
        return new ImageReference(own, Cached: false, "no registry within reach: made with mmdebstrap");
    }

    private async Task MakeAsync(ContainerEngine engine, string key, Action<string>? onLine, CancellationToken cancellation)
    {
        var tail = new LineTail(40);
        var file = Path.Combine(Path.GetTempPath(), $"faultline-bookworm-{Guid.NewGuid():N}.tar");
        try
        {
            await using (var tar = File.Create(file))
            {
                await Cli.Wrap(Path.Combine(RecipeFolder, "create"))
                    .WithStandardOutputPipe(PipeTarget.ToStream(tar))
                    .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
                    {
                        tail.Add(line);
                        onLine?.Invoke(line);
                    }))
                    .ExecuteAsync(cancellation);
            }

            await using var import = File.OpenRead(file);
            await engine.Images.ImportAsync(import, Repository, key, cancellation);
        }
        catch (Exception e) when (e is CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            throw new ImageBuildException(
                $"The base image could not be pulled, and images/bookworm/create failed: {e.Message}\n{string.Join('\n', tail.ToList().Select(l => "  " + l))}\n"
                + "Install mmdebstrap (apt install mmdebstrap) or let the engine pull debian:bookworm-slim.",
                $"{Repository}:{key}", tail.ToList(), e);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
