using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Two phones call each other (the product's main job), on each transport.</summary>
public sealed class CallTests(HostFixture fixture)
{
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("udp", "tcp")]
    [InlineData("tls", "udp")]
    public async Task Two_phones_hear_each_other_and_the_operator_sees_and_ends_their_call(string callersTransport, string calleesTransport)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "call");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001", callersTransport) with { Hertz = CallersTone });
        await using var callee = await Baresip.Start(host.Account(tenant, "1002", calleesTransport) with { Hertz = CalleesTone });

        var dialled = TimeProvider.System.GetUtcNow();
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(caller.AwaitTone(CalleesTone, Talk), callee.AwaitTone(CallersTone, Talk));

        var session = await tenant.AwaitSession();
        Assert.Equal("1001", session.GetProperty("From").GetString());
        Assert.Equal("1002", session.GetProperty("To").GetString());
        Assert.Equal(2, await tenant.ReadCounter("activeRegistrations"));

        await tenant.TekSip.Do("sessions", 8, new { Data = new { SessionId = session.GetProperty("SessionId").GetString() } });
        await Task.WhenAll(caller.Await("CALL_CLOSED"), callee.Await("CALL_CLOSED"));
        await Task.WhenAll(caller.AwaitLine("BYE sip:"), callee.AwaitLine("BYE sip:"));
        await tenant.AwaitNoSession();
        Assert.Equal(TimeSpan.Zero, caller.Heard(CallersTone));

        var record = Assert.Single(await tenant.AwaitHistory());
        AssertTimes(record.GetProperty("call"), dialled);
        AssertMedia(record);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_phone_hangs_up(bool isCaller)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "bye");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        var other = isCaller ? callee : caller;
        await (isCaller ? caller : callee).HangUp();
        await other.Await("CALL_CLOSED");

        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal(isCaller ? "caller" : "callee", call.GetProperty("endedBy").GetString());
        await tenant.AwaitCounter("activeSessions", 0);
        await tenant.AwaitCounter("successfulCalls", 1);
    }

    private static void AssertTimes(JsonElement call, DateTimeOffset dialled)
    {
        var started = call.GetProperty("started").GetDateTimeOffset();
        var answered = call.GetProperty("answered").GetDateTimeOffset();
        var ended = call.GetProperty("ended").GetDateTimeOffset();
        Assert.InRange(started, dialled - TimeSpan.FromMilliseconds(50), TimeProvider.System.GetUtcNow());
        Assert.InRange(answered, started, ended);
        Assert.InRange(ended, answered + Talk, TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(50));
        Assert.Equal((ended - answered).TotalSeconds, call.GetProperty("durationSeconds").GetDouble(), 0.01);
        Assert.Equal("operator", call.GetProperty("endedBy").GetString());
        Assert.Equal(200, call.GetProperty("status").GetInt32());
    }

    /// <summary>20 ms of audio a packet: five seconds are 250.</summary>
    private static void AssertMedia(JsonElement record)
    {
        foreach (var side in (string[])["callerMedia", "calleeMedia"])
        {
            var media = record.GetProperty(side);
            Assert.Equal("PCMU", media.GetProperty("codec").GetString());
            Assert.InRange(media.GetProperty("packetsReceived").GetInt64(), 250, 10_000);
            Assert.InRange(media.GetProperty("packetsSent").GetInt64(), 250, 10_000);

            // The callee may talk before its answer has told from where.
            Assert.InRange(media.GetProperty("strangersDropped").GetInt64(), 0, 10);
        }
    }
}
