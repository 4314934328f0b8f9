namespace Faultline.Harness.Docker;

/// <summary>What a prune may take.</summary>
internal enum PruneScope
{
    /// <summary>Containers, volumes and images.</summary>
    Everything,

    /// <summary>Only the containers that a killed run left.</summary>
    Containers,

    /// <summary>Only the volumes that nobody will use again: their kernel tree is gone, or the run that they were made for.</summary>
    StaleVolumes,
}

/// <summary>A prune.</summary>
/// <param name="Scope">What it may take.</param>
/// <param name="DryRun">Say what would go, and remove nothing.</param>
internal sealed record PruneRequest(PruneScope Scope = PruneScope.Everything, bool DryRun = false);
