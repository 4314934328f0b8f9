namespace Faultline.Harness.Tests;

/// <summary>Places in the checkout.</summary>
internal static class RepositoryRoot
{
    public static string Path => CheckoutRoot.Path;

    public static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
