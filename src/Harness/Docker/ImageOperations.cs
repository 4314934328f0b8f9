using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>Makes images with the classic build API (no BuildKit, no registry).</summary>
internal sealed class ImageOperations : IDisposable
{
    private readonly ContainerEngine _engine;

    // Images share parents, and two that are asked for at once must not both make theirs.
    private readonly SemaphoreSlim _gate = new(1, 1);

    internal ImageOperations(ContainerEngine engine) => _engine = engine;

    public async Task<bool> ExistsAsync(string tag, CancellationToken cancellation = default)
    {
        try
        {
            await _engine.Client.Images.InspectImageAsync(tag, cancellation);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Removes an image; nothing happens when the engine does not have it.</summary>
    public async Task RemoveAsync(string tag, CancellationToken cancellation = default)
    {
        try
        {
            await _engine.Client.Images.DeleteImageAsync(tag, new ImageDeleteParameters { Force = true }, cancellation);
        }
        catch (DockerImageNotFoundException)
        {
        }
    }

    /// <summary>Makes the image, and its parents, unless the engine has it.</summary>
    /// <param name="image">What to make.</param>
    /// <param name="onLine">The engine's output, a line at a time.</param>
    /// <param name="cancellation">Stops the build; the engine discards what was begun.</param>
    /// <exception cref="ImageBuildException">A step of the Dockerfile failed.</exception>
    public async Task<ImageReference> EnsureAsync(ImageSource image, Action<string>? onLine = null, CancellationToken cancellation = default)
    {
        if (image is ImageSpec spec && await ExistsAsync(spec.Tag, cancellation))
            return new ImageReference(spec.Tag, Cached: true, $"unchanged: {spec.Tag}");
        await _gate.WaitAsync(cancellation);
        try
        {
            return await MakeAsync(image, onLine, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private Task<ImageReference> MakeAsync(ImageSource image, Action<string>? onLine, CancellationToken cancellation) => image switch
    {
        BaseImage debian => debian.EnsureAsync(_engine, onLine, cancellation),
        ImageSpec spec => MakeAsync(spec, onLine, cancellation),
        _ => throw new ArgumentException($"No way to make {image}.", nameof(image)),
    };

    private async Task<ImageReference> MakeAsync(ImageSpec spec, Action<string>? onLine, CancellationToken cancellation)
    {
        if (await ExistsAsync(spec.Tag, cancellation))
            return new ImageReference(spec.Tag, Cached: true, $"unchanged: {spec.Tag}");
        var parent = await MakeAsync(spec.Parent, onLine, cancellation);
        var tag = spec.Tag;
        await BuildAsync(spec, parent.Tag, onLine, cancellation);
        if (spec.Tag == tag)
            return new ImageReference(tag, Cached: false, $"no image for the present inputs ({tag})");
        // A file of its folder was saved meanwhile: nobody can say which of its states went in.
        await RemoveAsync(tag, cancellation);
        throw new ImageBuildException(
            $"{spec.Folder} changed while the image {tag} was made from it, so the image was removed. Run again.", tag, []);
    }

    /// <summary>Takes a root file system as an image.</summary>
    internal async Task ImportAsync(Stream rootFileSystem, string repository, string tag, CancellationToken cancellation)
    {
        var errors = new List<string>();
        await _engine.Client.Images.CreateImageAsync(
            new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag, Changes = [$"LABEL {ContainerEngine.Label}=1"] },
            rootFileSystem, null, new Listener<JSONMessage>(m => AddError(errors, m)), cancellation);
        if (errors.Count > 0)
            throw new ImageBuildException($"The engine did not take the root file system for {repository}:{tag}: {errors[0]}", $"{repository}:{tag}", errors);
    }

    /// <summary>Asks the engine to pull; false when it could not within the limit.</summary>
    internal async Task<bool> TryPullAsync(string image, string tag, TimeSpan limit, Action<string>? onLine, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(limit);
        try
        {
            await _engine.Client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = image, Tag = tag }, null,
                new Listener<JSONMessage>(_ => { }), bounded.Token).WaitAsync(bounded.Token);
            return await ExistsAsync($"{image}:{tag}", cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && e is DockerApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            onLine?.Invoke($"{image}:{tag} cannot be pulled ({(e is OperationCanceledException ? $"no end within {limit.TotalSeconds:0} s" : EngineMessage.Of(e))})");
            return false;
        }
    }

    private async Task BuildAsync(ImageSpec spec, string parent, Action<string>? onLine, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var tail = new LineTail(60);
        var lines = new LineSplitter(line =>
        {
            tail.Add(line);
            onLine?.Invoke(line);
        });
        var parameters = new ImageBuildParameters
        {
            Tags = [spec.Tag],
            Dockerfile = "Dockerfile",
            Remove = true,
            ForceRemove = true,
            BuildArgs = Arguments(spec, parent),
            // The run's label would differ each time and defeat the engine's build cache.
            Labels = new Dictionary<string, string> { [ContainerEngine.Label] = "1" },
        };
        try
        {
            using var context = TarArchive.PackContext(spec.Folder);
            await _engine.Client.Images.BuildImageFromDockerfileAsync(
                parameters, context, [], new Dictionary<string, string>(),
                new Listener<JSONMessage>(m =>
                {
                    AddError(errors, m);
                    if (m.Stream is not null)
                        lines.Write(System.Text.Encoding.UTF8.GetBytes(m.Stream));
                }), cancellation);
            lines.Complete();
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            throw Failed(spec, EngineMessage.Of(e), tail, e);
        }

        if (errors.Count > 0)
            throw Failed(spec, errors[0], tail, null);
    }

    private static Dictionary<string, string> Arguments(ImageSpec spec, string parent)
    {
        var arguments = new Dictionary<string, string>(spec.Arguments ?? new Dictionary<string, string>()) { ["BASE"] = parent };
        foreach (var name in (string[])["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                arguments[name] = value;
        }

        return arguments;
    }

    private static void AddError(List<string> errors, JSONMessage message)
    {
        if (message.Error?.Message is { } text)
            errors.Add(text);
    }

    private static ImageBuildException Failed(ImageSpec spec, string error, LineTail tail, Exception? inner) => new(
        $"Image {spec.Tag} could not be built from {spec.Folder}: {error}\n{string.Join('\n', tail.ToList().TakeLast(15).Select(l => "  " + l))}\n"
        + "Building an image needs the network once, to fetch Debian packages. Check it with 'faultline doctor'.",
        spec.Tag, tail.ToList(), inner);

    /// <summary>Unlike <see cref="Progress{T}"/> it calls at once and in order.</summary>
    private sealed class Listener<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
