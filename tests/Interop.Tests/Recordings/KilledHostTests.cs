using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Recordings;

/// <summary>The server is killed while it records many calls at a time.</summary>
public sealed class KilledHostTests(HostFixture fixture)
{
    private const int Calls = 20;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(5);

    /// <summary>What is pure tone; where this machine kept a phone from talking in time there is a seam.</summary>
    private static readonly TimeSpan Tone = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The most that a kill may cost.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_twenty_calls_cut_off_there_are_twenty_whole_files_as_long_as_was_spoken()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "twenty");
        await using var calls = await RecordedCalls.Start(host, tenant, Calls);
        // The disk follows what is said; how soon, the machine decides.
        TimeSpan[] said = [];
        await Poll.UntilSeen(
            "the disk has every call but its last second", () => (said = calls.Said).Zip(calls.Written()), IsWritten, Patience);

        await host.Kill();
        var saidInAll = calls.Said;
        await host.Restart();

        var sounds = (await tenant.AwaitRecordings(Calls)).ToDictionary(item => item.GetProperty("caller").GetString()!);
        Assert.Equal(calls.All.Select(call => call.Number).Order(StringComparer.Ordinal), sounds.Keys.Order(StringComparer.Ordinal));
        for (var i = 0; i < Calls; i++)
        {
            var (caller, callee, number) = calls.All[i];
            var sound = await tenant.Hear(sounds[number]);
            Assert.True(sound.IsWhole);
            Assert.InRange(sound.Duration, said[i] - Tolerance, saidInAll[i] + Tolerance);
            Assert.InRange(sound.Measure(0, caller.Hertz), Tone, sound.Duration);
            Assert.InRange(sound.Measure(1, callee.Hertz), Tone, sound.Duration);
            Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sound.Measure(0, callee.Hertz), sound.Measure(1, caller.Hertz)));
        }

        await Poll.UntilSeen("the spool is empty", () => RecordedCalls.SpoolOf(host).Length, files => files == 0, Patience);
    }

    private static bool IsWritten(IEnumerable<(TimeSpan Said, TimeSpan Written)> calls) =>
        calls.All(call => call.Said >= Talk && call.Written >= call.Said - Tolerance);
}
