using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>
/// A source tree that answers the make targets the harness calls, in milliseconds: two C files, one header, one option that is always dropped.
/// It shows everything of the path from series to results except the kernel.
/// </summary>
internal sealed class ToyTree : IDisposable
{
    private const string Makefile = """
        O ?= .
        objects := $(O)/mm/userfaultfd.o $(O)/mm/other.o $(patsubst %.c,$(O)/%.o,$(wildcard fs/*.c))
        tinyconfig allnoconfig:
        	@mkdir -p $(O); echo "CONFIG_TOY=y" > $(O)/.config
        olddefconfig:
        	@grep -v CONFIG_DROPPED $(O)/.config > $(O)/.config.new; mv $(O)/.config.new $(O)/.config
        bzImage: $(O)/vmlinux
        	@mkdir -p $(O)/arch/x86/boot $(O)/include/config
        	@cp $(O)/vmlinux $(O)/arch/x86/boot/bzImage
        	@echo "9.9.9$(LOCALVERSION)" > $(O)/include/config/kernel.release
        	@touch $(O)/System.map
        $(O)/vmlinux: $(objects)
        	@echo "  LD      vmlinux"; ld -r -o $@ $^
        $(O)/mm/%.o: mm/%.c include/uapi/linux/userfaultfd.h
        	@mkdir -p $(@D); echo "  CC      mm/$*.o"; $(CC) $(CFLAGS_$*.o) -Iinclude/uapi -c -o $@ $(CURDIR)/$<
        $(O)/fs/%.o: fs/%.c
        	@mkdir -p $(@D); echo "  CC      fs/$*.o"; $(CC) $(CFLAGS_$*.o) -c -o $@ $(CURDIR)/$<
        mrproper:
        	@rm -rf lib/generated.h
        headers:
        	@echo "  HDRINST usr/include"; mkdir -p $(O)/usr/include/linux; cp include/uapi/linux/userfaultfd.h $(O)/usr/include/linux/

        """;

    private readonly TemporaryFolder _folder = new();

    public ToyTree()
    {
        _folder.Write("tree/Makefile", Makefile);
        _folder.Write("tree/Kconfig", "config DROPPED\n\tbool \"never\"\n\tdepends on MISSING\n");
        _folder.Write("tree/mm/userfaultfd.c", "int one(void)\n{\n\treturn 1;\n}\n");
        _folder.Write("tree/mm/other.c", "int two(void)\n{\n\treturn 2;\n}\n");
        _folder.Write("tree/include/uapi/linux/userfaultfd.h", "#define UFFD_TOY 1\n");
    }

    public string Path => _folder.Of("tree");

    public string Of(params string[] parts) => _folder.Of(parts);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a one-patch series that replaces text in one file of the tree.</summary>
    public async Task<string> SeriesAsync(string file, string before, string after)
    {
        var folder = _folder.Of("series");
        Directory.CreateDirectory(folder);
        var original = File.ReadAllText(System.IO.Path.Combine(Path, file));
        if (!original.Contains(before, StringComparison.Ordinal))
            throw new ArgumentException($"{file} does not contain '{before}'.", nameof(before));
        var changed = _folder.Write("changed", original.Replace(before, after, StringComparison.Ordinal));
        var difference = await CliWrap.Cli.Wrap("diff")
            .WithArguments(["-u", "--label", $"a/{file}", "--label", $"b/{file}", System.IO.Path.Combine(Path, file), changed])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        var patch = new StringBuilder("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: Toy <toy@example.org>\n")
            .Append("Date: Tue, 24 Nov 2026 00:00:00 +0000\nSubject: [PATCH] toy: change\n\nWhy.\n\n---\n").Append(difference.StandardOutput).Append("-- \n2\n");
        _folder.Write("series/0001-change.patch", patch.ToString());
        _folder.Write("series/series", "0001-change.patch\n");
        return folder;
    }

    /// <summary>A mail for each change of the number that <c>mm/other.c</c> returns.</summary>
    public static IReadOnlyList<string> Mails(int count, params IEnumerable<(int Number, string Before, string After)> changes) =>
    [
        .. changes.Select(change => $$"""
            From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
            From: Toy <toy@example.org>
            Date: Tue, 24 Nov 2026 00:00:00 +0000
            Subject: [PATCH {{change.Number}}/{{count}}] toy: {{change.After}}

            Why.
            ---
            diff --git a/mm/other.c b/mm/other.c
            --- a/mm/other.c
            +++ b/mm/other.c
            @@ -1,4 +1,4 @@
             int two(void)
             {
            -	return {{change.Before}};
            +	return {{change.After}};
             }


            """),
    ];

    public void Dispose() => _folder.Dispose();
}
