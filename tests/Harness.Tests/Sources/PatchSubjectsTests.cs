using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class PatchSubjectsTests
{
    [Theory]
    [InlineData("Subject: [PATCH 2/3] mm/uffd: add a feature", "mm/uffd: add a feature")]
    [InlineData("Subject: [RFC PATCH v2 02/10] mm: a long subject that the mailer\n has folded", "mm: a long subject that the mailer has folded")]
    [InlineData("Subject: =?UTF-8?q?mm:_gr=C3=BC=C3=9Fe?=", "mm: grüße")]
    [InlineData("X-Other: nothing", null)]
    public async Task Git_reads_the_subject(string header, string? subject)
    {
        using var folder = new TemporaryFolder();
        var patch = folder.Write("0001.patch", $"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n{header}\n\nWhy.\n\n---\n f | 1 +\n\ndiff --git a/f b/f\n");
        Assert.Equal(subject, await PatchSubjects.OfAsync(patch, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plain_difference_has_none()
    {
        using var folder = new TemporaryFolder();
        var patch = folder.Write("fix.diff", "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n");
        Assert.Null(await PatchSubjects.OfAsync(patch, TestContext.Current.CancellationToken));
        Assert.Null(await PatchSubjects.OfAsync(folder.Of("missing"), TestContext.Current.CancellationToken));
    }
}
