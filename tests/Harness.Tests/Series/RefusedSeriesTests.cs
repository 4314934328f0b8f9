using System.IO.Compression;
using System.Text;
using CsCheck;
using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;

namespace Faultline.Harness.Tests.Series;

/// <summary>What git does not take is refused in its words, with the place; nothing is left out in silence.</summary>
public sealed class RefusedSeriesTests
{
    private static readonly Dictionary<string, (Func<MailTree, Task> Write, string Patch, string[] Words)> Refused = new()
    {
        ["a patch missing in an mbox"] = (async tree =>
        {
            var mails = await tree.MailsAsync("-v2", "--cover-letter");
            tree.Write("all.mbox", mails[0], mails[1], mails[3]);
        }, "the series", ["it is not complete: the patch [PATCH V2 2/3] is missing"]),
        ["patches missing in a folder"] = (async tree => tree.Write("0003-x.patch", (await tree.MailsAsync())[2]),
            "the series", ["the patches [PATCH 1/3], [PATCH 2/3] are missing"]),
        ["a patch missing among those that series names"] = (async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("a", mails[0]);
            tree.Write("b", mails[1]);
            tree.Write("series", "a\nb\n");
        }, "the series", ["the patch [PATCH 3/3] is missing"]),
        ["the second of two series of one length is not complete"] = (async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("a.mbox", mails);
            tree.Write("b.mbox", mails[0], mails[1]);
            tree.Write("series", "a.mbox\nb.mbox\n");
        }, "the series", ["the patch [PATCH 3/3] is missing"]),
        ["fewer patches than the cover letter counts"] = (async tree =>
        {
            var mails = await tree.MailsAsync("--no-numbered");
            tree.Write("0.mbox", (await tree.MailsAsync("--cover-letter"))[0], mails[0], mails[1]);
        }, "the series", ["its cover letter counts 3 patches, and there are 2"]),
        ["nothing but a cover letter"] = (async tree =>
            tree.Write("0000-cover-letter.patch", (await tree.MailsAsync("--no-numbered", "--cover-letter"))[0]),
            "the series", ["none of its files holds a patch"]),
        ["a patch without its diff"] = (async tree =>
        {
            var mails = await tree.MailsAsync();
            tree.Write("all.mbox", mails[0], Mail.Edit(mails[1], text => CutAt("\n---\n", text) + "\n\n"), mails[2]);
        }, "all.mbox (mail 2 of 3)", ["Patch is empty", "[PATCH 2/3] mm: add new"]),
        ["a web page"] = (tree => Text(tree, "x.patch", "<!DOCTYPE html>\n<html><body>404</body></html>\n"), "x.patch", ["Patch is empty"]),
        ["an empty file"] = (tree => Text(tree, "x.patch", "\n \n"), "x.patch", ["the file is empty"]),
        ["UTF-16"] = Changed(mail => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(mail))], "UTF-16", "iconv"),
        ["half of a gzip file"] = (async tree =>
        {
            var packed = Gzip(await One(tree));
            tree.Write("x.patch.gz", packed[..(packed.Length / 2)]);
        }, "x.patch.gz", ["gzip cannot decompress it", "git: gzip: ", "unexpected end of file"]),
        ["a zip file"] = (tree => Text(tree, "x.patch", "PK\u0003\u0004rest"), "x.patch", ["it is an archive"]),
        ["a tar file in gzip"] = (tree =>
        {
            tree.Write("x.patch.gz", Gzip([.. new byte[257], .. "ustar\0"u8, .. new byte[1000]]));
            return Task.CompletedTask;
        }, "x.patch.gz", ["it is an archive"]),
        ["a mail cut off in a hunk"] =
            Changed(mail => Mail.Edit(mail, text => CutAt(" line 9", text)), "git: error: corrupt patch at line ", "git format-patch"),
        ["lines wrapped by a mail program"] = Changed(mail => Mail.Replace(mail, " line 8\n", " line\n8\n"), "git: error: corrupt patch at line "),
        ["blanks taken away by a mail program"] = Changed(mail => Mail.Replace(mail, "\n line", "\nline"), "git: error: corrupt patch at line "),
        ["a hunk that does not fit"] = (async tree =>
        {
            var mails = await tree.MailsAsync("--cover-letter");
            tree.Write("all.mbox", [.. mails.Take(3), Mail.Replace(mails[3], "-line 30", "-line XXX")]);
        }, "all.mbox (mail 4 of 4)", ["does not fit: mm/x.c:27 (hunk 1)", "[PATCH 3/3] fs: rename, remove, add"]),
        ["a hunk that does not fit, in base64"] = Changed(mail => Mail.AsBase64(Strange(mail)), "does not fit: mm/x.c:4 (hunk 1)"),
        ["a hunk that does not fit, without prefixes"] = (async tree =>
            tree.Write("x.patch", Strange((await tree.MailsAsync("--no-prefix", "--no-numbered"))[0])), "x.patch", ["does not fit: mm/x.c:4 (hunk 1)"]),
        ["a hunk that does not fit, with quoted DOS line ends"] = Changed(
            mail => Mail.AsQuotedPrintable(Mail.WithDosBody(Strange(mail))), "git: warning: quoted CRLF detected", "does not fit: mm/x.c:4 (hunk 1)"),
        ["a diff alone that does not fit"] = (async tree => tree.Write("x.diff", Strange(await tree.DiffAsync("pristine", "main"))),
            "x.diff", ["git: Patch format detection failed.", "does not fit: mm/x.c:4 (hunk 1)"]),
        ["a character set that does not exist"] = Changed(
            mail => Mail.Replace(mail, "charset=UTF-8", "charset=nonsense"), "git: error: cannot convert from nonsense to UTF-8"),
        ["a file that is not there"] = Changed(mail => Mail.Replace(mail, "mm/x.c", "mm/z.c"), "git: error: mm/z.c: "),
        ["a file outside the tree"] = Changed(mail => Mail.Replace(mail, "mm/x.c", "../x.c"), "git: error: ../x.c: "),
        ["the same patch twice"] = (async tree =>
        {
            var mail = await One(tree);
            tree.Write("1.patch", mail);
            tree.Write("2.patch", mail);
        }, "2.patch", ["made 0 commits of it", "git: No changes -- Patch already applied.", "take it out of the series"]),
    };

    public static TheoryData<string> Names => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_with_place_and_words(string what)
    {
        using var tree = await MailTree.MakeAsync();
        var (write, patch, words) = Refused[what];
        await write(tree);
        var applied = await tree.ApplyAsync();
        Assert.True(applied.ExitCode == 65, applied.Text);
        var failure = PatchFailure.Parse(applied.Lines);
        Assert.Equal(patch, failure.Patch);
        var message = new PatchDoesNotApplyException("k", failure, "debian:6.1", "apply.log").Message;
        Assert.All(words, word => Assert.True(message.Contains(word, StringComparison.Ordinal), $"'{word}' is not in: {message}"));
    }

    /// <summary>Whatever happened to the files on their way, what is not among the commits was named, or there are none.</summary>
    [Fact]
    public async Task Of_any_files_every_mail_is_a_commit_or_named()
    {
        using var source = await MailTree.MakeAsync();
        var mails = await source.MailsAsync("--cover-letter", "--thread");
        var damage = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1 << 20], Gen.Byte);
        var file = Gen.Select(Gen.Int[0, 3].Array[1, 4], damage, Gen.Bool, (chosen, harm, whole) =>
        {
            var chosenMails = chosen.Select(i => mails[i]).ToList();
            if (!whole)
                chosenMails[0] = Damaged(chosenMails[0], harm);
            byte[] bytes = [.. chosenMails.SelectMany(mail => mail)];
            return whole ? Damaged(bytes, harm) : bytes;
        });
        await file.Array[1, 3].SampleAsync(
            async files =>
            {
                using var tree = await MailTree.MakeAsync();
                for (var i = 0; i < files.Length; i++)
                    tree.Write($"{i}.mbox", files[i]);
                var applied = await tree.ApplyAsync();
                if (applied.ExitCode == 65)
                    return new PatchDoesNotApplyException("k", PatchFailure.Parse(applied.Lines), "s", null).Message.Length > 0
                        && (PatchFailure.Parse(applied.Lines) is { Problem: not null } or { GitWords.Count: > 0 } or { Hunks.Count: > 0 });
                var taken = applied.Lines.Count(line => line.StartsWith("faultline: patch ", StringComparison.Ordinal));
                return applied.ExitCode == 0 && applied.Commits.Count == taken
                    && taken + applied.LeftOut.Count() == await tree.CountMailsAsync()
                    && applied.Lines[^1] == $"faultline: applied {taken}";
            },
            iter: 40, print: files => string.Join("\n=====\n", files.Select(Encoding.Latin1.GetString)));
    }

    /// <summary>One mail in x.patch, with a fault.</summary>
    private static (Func<MailTree, Task>, string, string[]) Changed(Func<byte[], byte[]> change, params string[] words) =>
        (async tree => tree.Write("x.patch", change(await One(tree))), "x.patch", words);

    /// <summary>A line is removed that the tree does not have.</summary>
    private static byte[] Strange(byte[] patch) => Mail.Replace(patch, "-line 7", "-line X");

    private static string CutAt(string words, string text) => text[..text.IndexOf(words, StringComparison.Ordinal)];

    private static byte[] Damaged(byte[] bytes, (int Kind, int Place, byte Value) harm)
    {
        if (bytes.Length == 0)
            return bytes;
        var place = harm.Place % bytes.Length;
        return harm.Kind switch
        {
            0 => bytes[..place],
            1 => bytes[place..],
            2 => [.. bytes[..place], harm.Value, .. bytes[(place + 1)..]],
            3 => Mail.AsBase64(bytes),
            4 => Mail.WithDosLines(bytes),
            5 => [.. bytes[..place], harm.Value, .. bytes[place..]],
            _ => bytes,
        };
    }

    private static async Task<byte[]> One(MailTree tree) => (await tree.MailsAsync("--no-numbered"))[0];

    private static Task Text(MailTree tree, string name, string text)
    {
        tree.Write(name, text);
        return Task.CompletedTask;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
