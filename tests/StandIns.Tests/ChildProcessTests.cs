using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests;

/// <summary>How tests start programs and get rid of them.</summary>
public sealed class ChildProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_line_is_found_whether_it_is_written_before_or_after_it_is_awaited()
    {
        await using var child = Node("console.log('first'); setTimeout(() => console.error('second'), 50); setInterval(() => {}, 1000)");

        Assert.Equal("second", await child.WaitForLine(line => line == "second", Patience));
        Assert.Equal("first", await child.WaitForLine(line => line == "first", Patience));
    }

    [Fact]
    public async Task A_line_that_does_not_come_in_time_shows_what_came_instead()
    {
        await using var child = Node("console.log('something else'); setInterval(() => {}, 1000)");
        await child.WaitForLine(line => line == "something else", Patience);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => child.WaitForLine(line => line == "never", TimeSpan.FromMilliseconds(20)));

        Assert.Contains("something else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ends_early_fails_who_waits_for_its_line()
    {
        await using var child = Node("console.error('cannot listen'); process.exit(7)");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLine(line => line == "never", Patience));

        Assert.Contains("7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot listen", failure.Message, StringComparison.Ordinal);
        Assert.Equal(7, await child.WaitForExit(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLine(line => line == "never", Patience));
    }

    [Fact]
    public async Task A_program_is_asked_to_end_before_it_is_killed()
    {
        var child = Node("process.on('SIGTERM', () => { console.log('saved'); process.exit(0) }); console.log('ready'); setInterval(() => {}, 1000)");
        await child.WaitForLine(line => line == "ready", Patience);

        await child.DisposeAsync();

        Assert.Contains("saved", child.Lines);
    }

    [Fact]
    public async Task A_program_that_is_killed_is_not_asked()
    {
        await using var child = Node("process.on('SIGTERM', () => console.log('saved')); console.log('ready'); setInterval(() => {}, 1000)");
        await child.WaitForLine(line => line == "ready", Patience);

        await child.Kill();

        Assert.True(child.HasExited);
        Assert.DoesNotContain("saved", child.Lines);
    }

    [Fact]
    public void A_program_that_does_not_exist_is_named() =>
        Assert.Contains("no-such-program", Assert.Throws<InvalidOperationException>(() => ChildProcess.Start("no-such-program", [])).Message, StringComparison.Ordinal);

    private static ChildProcess Node(string script) => ChildProcess.Start("node", ["-e", script]);
}
