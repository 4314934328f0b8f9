namespace Faultline.Harness.Results;

/// <summary>How a guest came to the point where its suite stands ready.</summary>
internal enum GuestStart
{
    /// <summary>It was booted.</summary>
    Cold,

    /// <summary>From a snapshot that an earlier guest of the same kernel and suite left there.</summary>
    Resumed,
}
