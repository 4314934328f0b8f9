using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>The machine's own kernel as one more that is tested: nothing is built or booted, and a profile of linux-patch says what to expect of it.</summary>
/// <param name="profile">What it is held against.</param>
internal sealed class HostKernel(Variant profile)
{
    /// <summary>Its name on the command line and in every result.</summary>
    public const string Name = "running";

    /// <summary>The profile it is held against unless another is named.</summary>
    public const string DefaultProfile = "upstream";

    /// <summary>Content of its <c>profile.json</c>. It carries no tag of ours: identity is not asserted.</summary>
    public string ProfileJson { get; } = VariantProfile.ToJson(profile, tag: "");

    public Task<PublishedPayload> PublishAsync(PayloadPublisher publisher, IProgress<HarnessEvent> progress, CancellationToken cancellation) =>
        publisher.PublishAsync(Name, Name, Path.Combine(profile.Folder, KernelAbi.FileName), progress, cancellation);

    public SuiteRequest Suite(PublishedPayload payload) => new() { Kernel = Name, Payload = payload.Folder, Profile = ProfileJson };
}
