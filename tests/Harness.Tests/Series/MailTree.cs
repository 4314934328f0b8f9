using Faultline.Harness.Inputs;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using Faultline.Harness.Docker;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Series;

/// <summary>How a series ended.</summary>
/// <param name="ExitCode">That of the steps: 0, or 65 for a series that cannot be applied.</param>
/// <param name="Lines">Everything they printed.</param>
/// <param name="Commits">The subjects of the commits made, in order.</param>
/// <param name="Tree">The tree that the commits were made in.</param>
internal sealed record Applied(int ExitCode, IReadOnlyList<string> Lines, IReadOnlyList<string> Commits, string Tree)
{
    private const string Mark = "faultline: left out ";

    /// <summary>The files of the tree afterwards with their content, in hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> Files => MailTree.FilesOf(Tree);

    public string Text => string.Join('\n', Lines);

    /// <summary>The mails that are no commit: <c>NAME: WHY</c>.</summary>
    public IEnumerable<string> LeftOut => Lines.Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..]);
}

/// <summary>
/// A small source tree with three commits on top, of which git itself makes mails, and the steps of images/kernel-steps that apply them,
/// run without a container, by a user whose git configuration is as unhelpful as it can be.
/// </summary>
internal sealed class MailTree : IDisposable
{
    /// <summary>
    /// What apply-series does with a source that has no tree yet; and what it does with one that has, which has to come to the same end (91
    /// to 93 where it does not).
    /// </summary>
    private const string Script = """
        set -eu
        exec 2>&1
        cd "$2"
        for script in mails apply-mails trees update-tree; do . "$1/$script.sh"; done
        echo source > pristine.key
        split_series "$2/parts" "$2/mails" || exit
        # The mails as they are read; applying leaves more beside them.
        cp -a mails mails.again
        again() {
            clone_touched fresh "$2/mails.again"
            base=$(git -C fresh rev-parse HEAD)
            apply_mails fresh "$2/mails.again"
        }
        ended=0
        (again "$@") > words.again || ended=$?
        clone_pristine tree "$2/mails"
        git -C tree tag pristine
        apply_mails "$2/tree" "$2/mails" || { code=$?; [ $ended = $code ] || exit 91; exit $code; }
        git -C "$2/tree" log --reverse --format=%s pristine..HEAD > "$2/commits"
        [ $ended = 0 ] || exit 92
        changed_files fresh "$(git -C fresh rev-list --max-parents=0 HEAD)" HEAD > fresh.changed
        worktree=old
        cp -al pristine old
        : > old.changed
        mkdir old/.git && cp pristine.key old/.git/
        ! find_differences || { update_tree && diff -r --no-dereference --exclude=.git old tree; } || exit 93
        """;

    private const string Configuration = """
        [am]
        keepcr = true
        threeWay = false
        messageid = true
        [apply]
        whitespace = fix
        ignoreWhitespace = change
        [mailinfo]
        scissors = true
        quotedCr = nowarn
        [core]
        autocrlf = true
        quotePath = true
        [commit]
        gpgSign = true
        [i18n]
        commitEncoding = koi8-r
        [diff]
        noprefix = true
        """;

    private static readonly byte[] Packed = [0, 1, 2, 0xff, 0, 13, 10];

    /// <summary>Every file of a tree that was just made, by name: git is asked for it once, however many tests want one.</summary>
    private static readonly Lazy<Task<Dictionary<string, byte[]>>> Template = new(MakeTemplateAsync);

    private readonly TemporaryFolder _folder = new();

    private MailTree()
    {
    }

    /// <summary>The folder of the series, for tests to fill.</summary>
    public string Series => Directory.CreateDirectory(_folder.Of("series")).FullName;

    /// <summary>The tree with all commits.</summary>
    public IReadOnlyDictionary<string, string> Patched { get; private set; } = new Dictionary<string, string>();

    /// <summary>The tree without them.</summary>
    public IReadOnlyDictionary<string, string> Pristine { get; private set; } = new Dictionary<string, string>();

    public static async Task<MailTree> MakeAsync()
    {
        var tree = new MailTree();
        foreach (var (name, content) in await Template.Value)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree._folder.Of(name))!);
            File.WriteAllBytes(tree._folder.Of(name), content);
        }

        tree.Pristine = FilesOf(tree._folder.Of("pristine"));
        tree.Patched = FilesOf(tree._folder.Of("repository"));
        return tree;
    }

    private static async Task<Dictionary<string, byte[]>> MakeTemplateAsync()
    {
        using var tree = new MailTree();
        tree._folder.Write("home/.gitconfig", Configuration);
        var lines = string.Concat(Enumerable.Range(1, 40).Select(i => $"line {i}\n"));
        tree._folder.Write("repository/mm/x.c", lines);
        tree._folder.Write("repository/mm/Makefile", "obj-y += x.o\n");
        tree._folder.Write("repository/Makefile", "all:\n");
        tree._folder.Write("repository/fs/ä b.c", lines);
        tree._folder.Write("repository/fs/gone.c", lines.Replace("line", "gone", StringComparison.Ordinal));
        tree._folder.Write("repository/dos.txt", lines.Replace("\n", "\r\n", StringComparison.Ordinal));
        await tree.GitAsync("init", "--quiet", "--template=", "--initial-branch=main");
        await tree.CommitAsync("pristine");
        await tree.GitAsync("tag", "pristine");
        Copy(tree._folder.Of("repository"), tree._folder.Of("pristine"));

        tree.Replace("mm/x.c", "line 7\n", "line seven ü\n");
        await tree.CommitAsync("mm: let x be ü");
        tree._folder.Write("repository/mm/new.c", "From here on,\nnew\n");
        tree.Replace("mm/Makefile", "x.o", "x.o new.o");
        tree.Replace("Makefile", "all:", "all: new");
        await tree.CommitAsync("mm: add new");
        tree.Replace("mm/x.c", "line 30\n", "line thirty\n");
        File.Delete(tree._folder.Of("repository", "fs", "gone.c"));
        File.Move(tree._folder.Of("repository", "fs", "ä b.c"), tree._folder.Of("repository", "fs", "ö c.c"));
        tree.Replace("fs/ö c.c", "line 20\n", "line twenty\n");
        File.WriteAllBytes(tree._folder.Of("repository", "blob"), Packed);
        await tree.CommitAsync("fs: rename, remove, add");
        return FolderFiles.Of(tree._folder.Path).ToDictionary(f => Path.GetRelativePath(tree._folder.Path, f), File.ReadAllBytes);
    }

    /// <summary>The mails of all commits, each as <c>git format-patch</c> writes it, the cover letter first if one is asked for.</summary>
    public async Task<IReadOnlyList<byte[]>> MailsAsync(params IEnumerable<string> options)
    {
        var folder = _folder.Of("mails-" + Guid.NewGuid().ToString("N"));
        await GitAsync(["format-patch", "--quiet", "--binary", "-M", "-o", folder, .. options, "pristine"]);
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    /// <summary>The same diff as of one mail without anything around it.</summary>
    public Task<byte[]> DiffAsync(params IEnumerable<string> arguments) =>
        GitAsync(["diff", "--binary", .. arguments]);

    public void Write(string name, params IEnumerable<byte[]> contents) =>
        File.WriteAllBytes(Path.Combine(Series, name), [.. contents.SelectMany(bytes => bytes)]);

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Compresses a file of the series by a program, under the program's ending.</summary>
    public Task CompressAsync(string program, string name) =>
        CliWrap.Cli.Wrap(program).WithArguments(["--quiet", "--force", Path.Combine(Series, name)]).ExecuteAsync();

    /// <summary>How many mails git finds in the files of the series.</summary>
    public async Task<int> CountMailsAsync()
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Series))
        {
            var mails = Directory.CreateDirectory(_folder.Of("split-" + Guid.NewGuid().ToString("N"))).FullName;
            var answer = await GitAsync("mailsplit", "-b", "-o" + mails, "--", file);
            count += int.Parse(Encoding.ASCII.GetString(answer), CultureInfo.InvariantCulture);
        }

        return count;
    }

    public Task<Applied> ApplyAsync() => ApplyAsync(PatchSeries.Read(Series));

    public async Task<Applied> ApplyAsync(PatchSeries series)
    {
        var work = _folder.Of("work-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(work);
        // A series is a folder of the user's, and may lie in a repository.
        await Here("git", ["init", "--quiet", work], "/dev/null").ExecuteAsync();
        foreach (var (name, path) in series.StepFiles())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(work, "parts", name))!);
            File.Copy(path, Path.Combine(work, "parts", name));
        }

        Copy(_folder.Of("pristine"), Path.Combine(work, "pristine"));
        var lines = new List<string>();
        var run = await Here("sh", ["-c", Script, "sh", RepositoryRoot.Of("images", "kernel-steps"), work], configuration: null)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(lines.Add)).WithValidation(CommandResultValidation.None).ExecuteAsync();
        var commits = Path.Combine(work, "commits");
        return new Applied(run.ExitCode, lines, File.Exists(commits) ? File.ReadAllLines(commits) : [], Path.Combine(work, "tree"));
    }

    public void Dispose()
    {
        // A damaged patch may make files whose names are not text, which .NET cannot remove.
        string[] works = [.. Directory.EnumerateDirectories(_folder.Path, "work-*")];
        if (works.Length > 0)
        {
            using var removal = Process.Start("rm", ["-rf", .. works]);
            removal.WaitForExit();
        }

        _folder.Dispose();
    }

    private void Replace(string file, string before, string after)
    {
        var path = _folder.Of("repository", file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(before, after, StringComparison.Ordinal));
    }

    private async Task CommitAsync(string subject)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", subject + "\n\nWhy ü is wanted.\n\nSigned-off-by: Jürgen Ö <j@example.org>");
    }

    private async Task<byte[]> GitAsync(params IEnumerable<string> arguments)
    {
        using var output = new MemoryStream();
        string[] settings = ["-c", "gc.auto=0", "-c", "user.name=Jürgen Ö", "-c", "user.email=j@example.org"];
        await Here("git", ["-C", _folder.Of("repository"), .. settings, .. arguments], "/dev/null")
            .WithStandardOutputPipe(PipeTarget.ToStream(output)).ExecuteAsync();
        return output.ToArray();
    }

    private Command Here(string program, IEnumerable<string> arguments, string? configuration) => CliWrap.Cli.Wrap(program)
        .WithArguments(arguments)
        .WithEnvironmentVariables(e => e.Set("HOME", _folder.Of("home")).Set("XDG_CONFIG_HOME", null)
            .Set("GIT_CONFIG_GLOBAL", configuration).Set("GIT_DIR", null)
            .Set("LC_ALL", "C").Set("LANGUAGE", null).Set("GIT_COMMITTER_DATE", "100000000 +0000"));

    private static void Copy(string from, string to)
    {
        foreach (var file in FolderFiles.Of(from).Where(f => !IsGits(from, f)))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    internal static Dictionary<string, string> FilesOf(string folder) => FolderFiles.Of(folder).Where(f => !IsGits(folder, f))
        .ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    private static bool IsGits(string folder, string file) =>
        Path.GetRelativePath(folder, file).StartsWith(".git/", StringComparison.Ordinal);
}
