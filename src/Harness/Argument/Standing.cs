namespace Faultline.Harness.Argument;

/// <summary>How a statement stands after everything it needs was looked at.</summary>
internal enum Standing
{
    /// <summary>All that it needs was seen.</summary>
    Holds,

    /// <summary>The statement holds, but for the other designs as well.</summary>
    NoDifference,

    /// <summary>Something that it needs was seen to be otherwise.</summary>
    DoesNotHold,

    /// <summary>Nothing speaks against it, but not everything that it needs was looked at.</summary>
    NotMeasured,
}
