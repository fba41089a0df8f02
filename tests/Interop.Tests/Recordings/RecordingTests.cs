using TekSipCloud.Interop.Tests.Faults;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Recordings;

/// <summary>A call of real phones, recorded: what each said is heard on its own channel.</summary>
public sealed class RecordingTests(HostFixture fixture)
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    /// <summary>What of it is pure tone in the file at least: its windows are not those of the phones, and where a phone stalls there is a seam.</summary>
    private static readonly TimeSpan Tone = TimeSpan.FromSeconds(1);

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
        Assert.InRange(sound.Measure(0, caller), Tone, sound.Duration);
        Assert.InRange(sound.Measure(1, callee), Tone, sound.Duration);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sound.Measure(0, callee), sound.Measure(1, caller)));
    }
}
