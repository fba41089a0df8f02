using TekSipCloud.Interop.Tests.Faults;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Recordings;

/// <summary>Calls of real phones, recorded: what each said is heard on its own channel, and a killed server loses a second at most.</summary>
public sealed class RecordingTests(HostFixture fixture)
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Each_party_is_heard_on_its_own_channel_and_on_no_other()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "recorded");
        await using var phones = await TalkingPhones.Start(host, tenant, areRecorded: true);
        var (caller, callee) = (phones.Caller.Account.Hertz, phones.Callee.Account.Hertz);
        await Task.WhenAll(phones.Caller.AwaitTone(callee, Talk), phones.Callee.AwaitTone(caller, Talk));

        await phones.Callee.HangUp();
        await phones.Caller.Await("CALL_CLOSED");

        var recording = Assert.Single(await tenant.AwaitRecordings(1));
        Assert.Equal("1001", recording.GetProperty("caller").GetString());
        var sound = await tenant.Hear(recording);
        Assert.True(sound.IsWhole);
        Assert.Equal(sound.Duration.TotalSeconds, recording.GetProperty("durationSeconds").GetDouble(), 0.01);
        // Its windows are not those of the phones: some at the edges hold less than the whole tone.
        var least = Talk - TimeSpan.FromMilliseconds(600);
        Assert.True(sound.Measure(0, caller) >= least, $"The caller is heard for {sound.Measure(0, caller)} of {sound.Duration}.");
        Assert.True(sound.Measure(1, callee) >= least, $"The callee is heard for {sound.Measure(1, callee)} of {sound.Duration}.");
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sound.Measure(0, callee), sound.Measure(1, caller)));
    }

    [Fact]
    public async Task What_a_killed_server_recorded_is_there_after_its_next_start()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "cutoff");
        await using var phones = await TalkingPhones.Start(host, tenant, areRecorded: true);
        var (caller, callee) = (phones.Caller.Account.Hertz, phones.Callee.Account.Hertz);
        await Task.WhenAll(phones.Caller.AwaitTone(callee, Talk), phones.Callee.AwaitTone(caller, Talk));

        await host.Kill();
        await host.Restart();

        var sound = await tenant.Hear(Assert.Single(await tenant.AwaitRecordings(1)));
        Assert.True(sound.IsWhole);
        // What was heard had passed the server before: all of it but the last second is there.
        var least = Talk - TimeSpan.FromSeconds(1);
        Assert.True(sound.Measure(0, caller) >= least, $"The caller is heard for {sound.Measure(0, caller)} of {sound.Duration}.");
        Assert.True(sound.Measure(1, callee) >= least, $"The callee is heard for {sound.Measure(1, callee)} of {sound.Duration}.");
        await Poll.UntilSeen(
            "the spool is empty", () => Directory.GetFiles(Path.Combine(host.DataFolder, "recordings")).Length, count => count == 0, TimeSpan.FromSeconds(30));
    }
}
