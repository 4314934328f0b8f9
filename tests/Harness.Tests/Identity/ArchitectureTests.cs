using System.Text.RegularExpressions;
using System.Xml.Linq;
using Faultline.Harness.Guest;
using Faultline.Harness.Identity;

namespace Faultline.Harness.Tests.Identity;

/// <summary>What an architecture is like stands in one record, and everybody reads it there.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Nothing_else_in_the_harness_and_in_its_scripts_names_an_architecture()
    {
        string[] rooms = ["src/Harness", "src/Faultline", "images/kernel-steps", "images/guest-runner/scripts"];
        var files = rooms.SelectMany(room => Directory.EnumerateFiles(RepositoryRoot.Of(room), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) != "Architecture.cs").ToList();
        Assert.True(files.Count > 200, "the rooms are not where this test looks");
        Assert.Empty(files.SelectMany(file =>
            File.ReadLines(file).Where(line => Name().IsMatch(line)).Select(line => $"{file}: {line.Trim()}")));
    }

    [Fact]
    public void The_suite_is_published_for_the_machine_that_is_booted() => Assert.Equal(
        Architecture.X86.RuntimeIdentifier,
        XDocument.Load(RepositoryRoot.Of("src", "AbiTests", "AbiTests.csproj")).Descendants("RuntimeIdentifier").Single().Value);

    /// <summary>The scripts run with <c>set -u</c>: what they are not told ends every guest before it begins.</summary>
    [Fact]
    public void The_scripts_that_boot_are_told_of_the_architecture_what_they_ask_for_and_nothing_else()
    {
        string[] names = ["machine.sh", "run-guest", "run-shell"];
        var script = string.Concat(names.Select(name => File.ReadAllText(RepositoryRoot.Of("images", "guest-runner", "scripts", name))));
        var asked = Variable().Matches(script).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(asked, GuestCommand.EnvironmentOf(Architecture.X86).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_guest_is_booted_with_these_words()
    {
        var command = new GuestCommand(AcceleratorKind.Kvm, 30, 135, 15) { MemoryMiB = 512, Processors = 1, KernelArguments = ["a=b"] };
        Assert.Equal(["/opt/faultline/run-guest", "kvm", "30", "135", "15", "512", "1", "a=b"], command.Words);
        Assert.Equal(["/opt/faultline/run-guest", "tcg", "1", "2", "3", "2048", "2"], new GuestCommand(AcceleratorKind.Tcg, 1, 2, 3).Words);
        Assert.Equal(
            ("qemu-system-x86_64", "q35,vmport=off,usb=off,sata=off", "ttyS0"),
            (command.Environment["QEMU"], command.Environment["MACHINE"], command.Environment["CONSOLE"]));
    }

    [GeneratedRegex("x86_64|arch/x86/boot|qemu-system-|ttyS0|q35|linux-x64")]
    private static partial Regex Name();

    /// <summary>Not one that has a default: the script does without.</summary>
    [GeneratedRegex(@"\$\{?([A-Z]+)\b(?!:-)")]
    private static partial Regex Variable();
}
