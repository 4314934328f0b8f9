using Faultline.Harness.Guest;
using Faultline.Harness.Docker;
using Faultline.Harness.Prerequisites;

namespace Faultline.Harness.Tests;

public class PrerequisiteChecksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_does_not_answer_is_a_finding_with_advice()
    {
        var found = await PrerequisiteChecks.EngineAsync(
            ct => ContainerEngine.ConnectAsync([new EngineEndpoint(new Uri("unix:///no/such.sock"), "test")], ct), Token);
        Assert.False(found.Satisfied);
        Assert.True(found.Required);
        Assert.Contains("/no/such.sock (test): no such socket", found.Found, StringComparison.Ordinal);
        Assert.Contains("DOCKER_HOST", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_cannot_be_used_leaves_no_blank_beside_the_check()
    {
        var found = await PrerequisiteChecks.EngineAsync(
            _ => throw new EngineUnavailableException("DOCKER_HOST is 'ssh://a@b', which is not an address.", []), Token);
        Assert.Equal("none that can be asked", found.Found);
        Assert.StartsWith("DOCKER_HOST is 'ssh://a@b'", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sdk_that_runs_this_test_is_found()
    {
        var found = await PrerequisiteChecks.SdkAsync(Token);
        Assert.True(found.Satisfied, found.Found);
        Assert.StartsWith("10.", found.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_suites_linker_is_one_that_has_a_static_c_library()
    {
        Assert.False((await PrerequisiteChecks.LinkerAsync(_ => null, Token)).Satisfied);
        using var folder = new TemporaryFolder();
        string Compiler(string name, string answer)
        {
            var path = folder.Write(name, $"#!/bin/sh\necho {answer}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }

        var lacking = await PrerequisiteChecks.LinkerAsync(_ => Compiler("lacking", "libc.a"), Token);
        Assert.Contains("libc.a", lacking.Found, StringComparison.Ordinal);
        Assert.Contains("libc6-dev", lacking.Advice, StringComparison.Ordinal);
        var whole = await PrerequisiteChecks.LinkerAsync(name => name == "gcc" ? Compiler(name, "/usr/lib/libc.a") : null, Token);
        Assert.True(whole.Satisfied);
    }

    [Fact]
    public void A_library_that_throws_or_is_absent_is_a_miss_that_is_not_fatal()
    {
        foreach (var finding in (Prerequisite[])[PrerequisiteChecks.LibClang(() => null),
            PrerequisiteChecks.LibClang(() => throw new DllNotFoundException("no libclang"))])
        {
            Assert.False(finding.Satisfied);
            Assert.False(finding.Required);
            Assert.Contains("libclang-dev", finding.Advice, StringComparison.Ordinal);
        }

        Assert.True(PrerequisiteChecks.LibClang(() => "14").Satisfied);
    }

    [Fact]
    public async Task Readers_of_types_are_optional_and_say_what_for()
    {
        foreach (var (found, package) in new[] { (await PrerequisiteChecks.BpftoolAsync(Token), "bpftool"),
            (await PrerequisiteChecks.PaholeAsync(Token), "pahole") })
        {
            Assert.False(found.Required);
            Assert.Equal(package, found.Name);
            if (!found.Satisfied)
                Assert.Contains($"apt install {package}. Needed only for 'faultline abi diff'", found.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Disk_space_is_measured_where_results_will_go_even_before_the_folder_exists()
    {
        using var folder = new TemporaryFolder();
        var found = PrerequisiteChecks.Disk(null, folder.Of("not", "yet"));
        Assert.Contains("GiB free at " + folder.Path, found.Found, StringComparison.Ordinal);
        Assert.Equal(found.Satisfied, found.Advice is null);
    }

    [Fact]
    public async Task A_guest_that_does_not_come_up_makes_kvm_a_miss_and_never_an_error()
    {
        var failed = await PrerequisiteChecks.KvmAsync(_ => throw new InvalidOperationException("probe broke"), Token);
        var hung = await PrerequisiteChecks.KvmAsync(_ =>
            Task.FromResult(new ProbeAnswer(false, "a guest in KVM stood still for 8 s")), Token);
        Assert.All((Prerequisite[])[failed, hung], f => Assert.False(f.Satisfied || f.Required));
        Assert.All((Prerequisite[])[failed, hung], f => Assert.Contains("TCG", f.Advice, StringComparison.Ordinal));
        Assert.Equal("a guest in KVM stood still for 8 s", hung.Found);
    }
}
