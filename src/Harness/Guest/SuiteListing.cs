using System.Collections.Immutable;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>Asks a published suite which tests it would run, without running any.</summary>
internal static class SuiteListing
{
    /// <param name="payload">The published suite.</param>
    /// <param name="profile">Content of <c>profile.json</c>.</param>
    /// <param name="filters">The user's filter queries.</param>
    /// <returns>In the order of the plan.</returns>
    /// <exception cref="GuestException">It refuses the profile or a filter.</exception>
    public static async Task<ImmutableArray<PlannedTest>> OfAsync(
        string payload, string profile, IEnumerable<string> filters, CancellationToken cancellation)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, profile, cancellation);
            var answer = await Cli.Wrap(PublishedPayload.ProgramIn(payload))
                .WithArguments(["--profile", file, "--list", .. PayloadFolder.FilterArguments(filters)])
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(System.Text.Encoding.UTF8, cancellation);
            return answer.ExitCode == 0
                ? [.. EventStreamReader.ReadAll(System.Text.Encoding.UTF8.GetBytes(answer.StandardOutput)).OfType<PlanEvent>()
                    .SelectMany(plan => plan.Tests)]
                : throw new GuestException($"the suite does not say which tests it would run: {answer.StandardError.Trim()}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
