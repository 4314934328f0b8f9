namespace Faultline.Harness.Docker;

/// <summary>What a prune did; after a dry run, what it would do.</summary>
internal sealed record PruneResult
{
    /// <summary>Nothing was removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Names of the containers that are gone.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The volumes that are gone.</summary>
    public IReadOnlyList<VolumeFacts> Volumes { get; init; } = [];

    /// <summary>Names of the images that are gone.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Bytes of image layers that the engine no longer has; 0 after a dry run.</summary>
    public long ImageBytes { get; init; }

    /// <summary>Names of the volumes that stay because a run works in them. Where there is one, all images stay as well.</summary>
    public IReadOnlyList<string> VolumesInUse { get; init; } = [];

    /// <summary>Names of the images that stay because a container is made of them.</summary>
    public IReadOnlyList<string> ImagesInUse { get; init; } = [];
}
