namespace Faultline.AbiConsumers.Hazards;

/// <summary>How sure it is that a finding is one.</summary>
public enum Sureness
{
    /// <summary>What would decide it is not in the source that was read: memory that comes from elsewhere, an order of calls.</summary>
    Possible,

    /// <summary>The pattern is there and nothing that was read speaks against it.</summary>
    Likely,

    /// <summary>All of it stands in one place; what the kernel makes of it is known.</summary>
    Certain,
}
