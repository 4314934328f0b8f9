namespace Faultline.Harness.Results;

/// <summary>How a guest came to the point where its suite stands ready.</summary>
internal enum GuestStart
{
    /// <summary>Booted.</summary>
    Cold,

    /// <summary>Begun with a snapshot that an earlier guest of the same kernel and suite left.</summary>
    Resumed,
}
