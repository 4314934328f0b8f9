using System.Text;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Series;

/// <summary>Every form in which people have a series makes the commits and the tree that the series was made from.</summary>
public sealed class TakenSeriesTests
{
    private static readonly string[] Subjects = ["mm: let x be ü", "mm: add new", "fs: rename, remove, add"];
    private const string Date = "Date: Mon, 17 Sep 2001 00:00:00 +0000\n";
    private const string Reply = $"From q@example.org Mon Sep 17 00:00:00 2001\nFrom: Q <q@example.org>\n{Date}"
        + "Subject: Re: [PATCH 2/3] mm: add new\n\n> diff --git a/x b/x\nNice.\n\n";

    private static readonly Dictionary<string, Func<MailTree, Task>> Forms = new()
    {
        ["a folder of git format-patch"] = async tree => Files(tree, await tree.MailsAsync("--no-numbered")),
        ["numbered files"] = async tree => Files(tree, await tree.MailsAsync("--numbered")),
        ["files named by series, under any name"] = async tree =>
        {
            var mails = await tree.MailsAsync();
            string[] names = ["zwei wörter.eml", "b #2.diff", "a"];
            for (var i = 0; i < 3; i++)
                tree.Write(names[i], mails[i]);
            tree.Write("series", string.Concat(names.Select(name => name + "\n")));
        },
        ["one mbox"] = async tree => tree.Write("all.mbox", await tree.MailsAsync()),
        ["one mbx, named by series"] = async tree =>
        {
            tree.Write("all.mbx", await tree.MailsAsync("--cover-letter"));
            tree.Write("series", "all.mbx\n");
        },
        ["an mbox and a file"] = async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("first.mbox", mails[0], mails[1]);
            tree.Write("last.eml", mails[2]);
            tree.Write("series", "first.mbox\nlast.eml\n");
        },
        ["an mbox out of order"] = async tree =>
        {
            var mails = await tree.MailsAsync("--cover-letter", "--subject-prefix=RFC PATCH mm-new v3");
            tree.Write("all.mbox", mails[3], mails[1], mails[0], mails[2]);
        },
        ["files whose names sort otherwise than their numbers"] = async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("c.eml", mails[0]);
            tree.Write("b.eml", mails[1]);
            tree.Write("a.eml", mails[2]);
        },
        ["copies of a mail that came through two lists"] = async tree =>
        {
            var mails = await tree.MailsAsync("--thread");
            tree.Write("all.mbox", mails[0], mails[1], mails[1], mails[0], mails[2]);
        },
        ["a thread with answers"] = async tree =>
        {
            var mails = await tree.MailsAsync("--cover-letter");
            var answer = Encoding.UTF8.GetBytes(Reply);
            tree.Write("thread.mbox", mails[0], mails[1], answer, mails[2], Mail.Replace(answer, "Re: [PATCH 2/3]", "about lunch"), mails[3]);
        },
        ["an mbox in gzip"] = async tree => await Packed(tree, "gzip"),
        ["an mbox in xz"] = async tree => await Packed(tree, "xz"),
        ["base64"] = tree => Changed(tree, Mail.AsBase64),
        ["base64 in an mbox"] = async tree => tree.Write("all.mbox", (await tree.MailsAsync()).Select(Mail.AsBase64)),
        ["quoted-printable"] = tree => Changed(tree, Mail.AsQuotedPrintable),
        ["format=flowed"] = tree => Changed(tree, Mail.AsFlowed),
        ["an attachment in base64"] = tree => Changed(tree, Mail.AsAttachment),
        ["git format-patch --attach"] = async tree => Files(tree, await tree.MailsAsync("--attach")),
        ["git format-patch --inline"] = async tree => Files(tree, await tree.MailsAsync("--inline")),
        ["no prefixes"] = async tree => Files(tree, await tree.MailsAsync("--no-prefix")),
        ["prefixes i/ and w/"] = async tree => Files(tree, await tree.MailsAsync("--src-prefix=i/", "--dst-prefix=w/")),
        ["prefixes that are a folder's name"] = async tree =>
            Files(tree, await tree.MailsAsync("--src-prefix=linux-6.1/", "--dst-prefix=linux/")),
        ["DOS line ends"] = async tree =>
            tree.Write("all.mbox", (await tree.MailsAsync("--no-binary", "--text")).Select(Mail.WithDosLines)),
        ["DOS line ends in base64"] = tree => Changed(tree, mail => Mail.AsBase64(Mail.WithDosBody(mail))),
        ["a byte order mark"] = tree => Changed(tree, mail => [0xef, 0xbb, 0xbf, .. mail]),
        ["koi8-r and latin1"] = tree => Changed(tree, mail => Mail.Edit(mail, text => text
            .Replace("=?UTF-8?q?J=C3=BCrgen=20=C3=96?=", "=?koi8-r?Q?=E0=D2?=", StringComparison.Ordinal)
            .Replace("UTF-8", "iso-8859-1", StringComparison.Ordinal).Replace("be=20=C3=BC?=", "be=20=FC?=", StringComparison.Ordinal))),
        ["an author in the body, scissors and a list's footer"] = tree => Changed(tree, mail => Mail.Edit(mail, text =>
            text.Replace("\n\nWhy", "\n\nFrom: Other <o@example.org>\n\nHello,\n\n-- >8 --\nWhy", StringComparison.Ordinal)
            + "\n_______\nlinux-mm mailing list\nhttps://example.org\n")),
        ["b4's trailers and notes"] = tree => Changed(tree, mail => Mail.Replace(mail,
            "\n---\n", "\nReviewed-by: A <a@b>\nLink: https://example.org/1\n---\nchanges in v2: none\n\n")),
        ["no numbers, and a cover letter"] = async tree => Files(tree, await tree.MailsAsync("--no-numbered", "--cover-letter"), first: 0),
        ["a patch left out on purpose"] = async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("1.patch", mails[0]);
            tree.Write("2.patch", mails[1]);
            tree.Write("3.patch", mails[2]);
            tree.Write("4.patch", Mail.Edit(mails[2], text => text.Replace("3/3", "4/4", StringComparison.Ordinal)));
            tree.Write("series", "1.patch\n2.patch\n3.patch\n# 4.patch\n");
        },
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_series_is_applied_whole(string form)
    {
        using var tree = await MailTree.MakeAsync();
        await Forms[form](tree);
        var applied = await tree.ApplyAsync();
        Assert.True(applied.ExitCode == 0, applied.Text);
        Assert.Equal(Subjects, applied.Commits);
        Assert.Equal(tree.Patched, applied.Files);
        Assert.Equal("faultline: applied 3", applied.Lines[^1]);
    }

    [Fact]
    public async Task What_is_left_out_is_said_with_the_reason()
    {
        using var tree = await MailTree.MakeAsync();
        var mails = await tree.MailsAsync("--cover-letter", "--thread");
        tree.Write("all.mbox", [.. mails, mails[2], Encoding.UTF8.GetBytes(Reply)]);
        Assert.Equal(
            [
                "all.mbox (mail 1 of 6): a cover letter", "all.mbox (mail 5 of 6): a second copy of the same mail",
                "all.mbox (mail 6 of 6): it carries no patch",
            ],
            (await tree.ApplyAsync()).LeftOut);
    }

    /// <summary>git am refuses these; git apply does not.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Some words on why.\n\nAnd more: words.\n\n")]
    [InlineData("Description: why\nForwarded: no\n\n")]
    [InlineData("Index: mm/x.c\n===================================================================\n")]
    public async Task A_bare_diff_becomes_a_commit_named_after_its_file(string head)
    {
        using var tree = await MailTree.MakeAsync();
        tree.Write("wörter x.diff", [Encoding.UTF8.GetBytes(head), await tree.DiffAsync("pristine", "main")]);
        var applied = await tree.ApplyAsync();
        Assert.True(applied.ExitCode == 0, applied.Text);
        Assert.Equal(["wörter x.diff"], applied.Commits);
        Assert.Equal(tree.Patched, applied.Files);
    }

    [Fact]
    public async Task Mercurials_patches_are_taken_as_git_am_takes_them()
    {
        using var tree = await MailTree.MakeAsync();
        const string head = "# HG changeset patch\n# User A <a@example.org>\n# Date 100000000 0\nmm: all of it\n\n";
        tree.Write("x.patch", [Encoding.UTF8.GetBytes(head), await tree.DiffAsync("pristine", "main")]);
        var applied = await tree.ApplyAsync();
        Assert.True(applied.ExitCode == 0, applied.Text);
        Assert.Equal(["mm: all of it"], applied.Commits);
        Assert.Equal(tree.Patched, applied.Files);
    }

    [Fact]
    public async Task A_file_with_DOS_line_ends_keeps_them()
    {
        using var tree = await MailTree.MakeAsync();
        tree.Write("1.patch", $"From: A <a@b>\n{Date}Subject: [PATCH] dos\n\n---\ndiff --git a/dos.txt b/dos.txt\n--- a/dos.txt\n+++ b/dos.txt\n"
            + "@@ -1,2 +1,2 @@\n-line 1\r\n+line one\r\n line 2\r\n");
        var applied = await tree.ApplyAsync();
        Assert.True(applied.ExitCode == 0, applied.Text);
        var content = Encoding.UTF8.GetString(Convert.FromHexString(applied.Files["dos.txt"]));
        Assert.StartsWith("line one\r\nline 2\r\n", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_on_top_of_another_comes_after_it()
    {
        using var tree = await MailTree.MakeAsync();
        var mails = await tree.MailsAsync("--no-numbered");
        tree.Write("1.patch", mails[0]);
        var below = PatchFolder.Read(tree.Series);
        var above = Directory.CreateDirectory(Path.Combine(tree.Series, "above")).FullName;
        File.WriteAllBytes(Path.Combine(above, "0.mbox"), [.. mails[1], .. mails[2]]);
        var applied = await tree.ApplyAsync(PatchSeries.Of(below, PatchFolder.Read(above)));
        Assert.True(applied.ExitCode == 0, applied.Text);
        Assert.Equal(Subjects, applied.Commits);
    }

    [Fact]
    public async Task Without_patches_the_tree_is_pristine()
    {
        using var tree = await MailTree.MakeAsync();
        var applied = await tree.ApplyAsync(PatchSeries.None);
        Assert.Equal((0, 0), (applied.ExitCode, applied.Commits.Count));
        Assert.Equal(tree.Pristine, applied.Files);
    }

    private static void Files(MailTree tree, IReadOnlyList<byte[]> mails, int first = 1)
    {
        for (var i = 0; i < mails.Count; i++)
            tree.Write($"{first + i:0000}-x.patch", mails[i]);
    }

    private static async Task Changed(MailTree tree, Func<byte[], byte[]> change) => Files(tree, [.. (await tree.MailsAsync()).Select(change)]);

    private static async Task Packed(MailTree tree, string program)
    {
        tree.Write("all.mbox", await tree.MailsAsync());
        await tree.CompressAsync(program, "all.mbox");
    }
}
