using System.Net;
using System.Net.Sockets;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Media of answered calls: who is not heard is told of in time, and what stays silent is ended.</summary>
public sealed class MediaWatchTests : GatewayTest
{
    private const double WithinWords = 5;

    [Fact]
    public void Who_is_not_heard_is_told_of_within_five_seconds_of_the_answer_with_the_addresses()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of("192.168.1.7", 40010));
        var callee = bob.GetsCall();
        Answer(call, callee);
        var (atCaller, atCallee) = (Local(caller: true), Local(caller: false));

        Script.Passes(WithinWords);

        var log = Decisions();
        Assert.Contains(
            $"No RTP has come from the caller. We advertised {atCaller}; its description says 192.168.1.7:40010, a private address, its signalling comes from {alice.Address}.",
            log, StringComparison.Ordinal);
        Assert.Contains($"No RTP has come from the callee. We advertised {atCallee}; its description says {bob.Address}:41000", log, StringComparison.Ordinal);
        Script.Passes(20);
        Assert.Equal(2, Script.LastCall.Log.Read().Count(decision => decision.Step == "media"));
        Ends(call, callee);
    }

    [Fact]
    public async Task Of_two_parties_the_silent_one_alone_is_told_of()
    {
        using var phone = new Audio();
        var (alice, bob) = (Script.Registered("101", remote: "127.0.0.1:5070"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of("127.0.0.1", phone.Port));
        var callee = bob.GetsCall();
        Answer(call, callee);
        await phone.Talks(Script.LastCall.Caller!);

        Script.Passes(WithinWords);

        Assert.Contains("No RTP has come from the callee.", Decisions(), StringComparison.Ordinal);
        Assert.DoesNotContain("No RTP has come from the caller.", Decisions(), StringComparison.Ordinal);
        var progress = Script.LastCall.ReadProgress();
        Assert.Equal((1, 0), (progress.CallerMedia!.PacketsReceived, progress.CalleeMedia!.PacketsReceived));
        Assert.Contains(progress.Decisions, decision => decision.Step == "media");
        Ends(call, callee);
    }

    [Fact]
    public async Task A_stranger_s_packets_are_told_of_instead()
    {
        using var stranger = new Audio();
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        stranger.Sends(Script.LastCall.Caller!);
        var leg = Script.LastCall.Caller!.Media.Relay;
        await Until(() => leg.ReadStatistics().StrangersDropped == 1);

        Script.Passes(WithinWords);

        Assert.Contains("1 packet from addresses that are not the party's was dropped.", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Fact]
    public void A_browser_that_has_not_found_us_is_told_of_so()
    {
        var (browser, alice) = (Script.Phone("101", protocol: SipTransportProtocol.Wss).Registers(), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        Answer(call, callee);

        Script.Passes(WithinWords);

        Assert.Contains($"We advertised {Local(caller: true)}; it has not found us there by ICE.", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_holds_or_only_listens_is_not_missed()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address, direction: "inactive"));
        var callee = bob.GetsCall();
        Answer(call, callee, Sdp.Of(bob.Address, 41000, "inactive"));

        Script.Passes(WithinWords);

        Assert.DoesNotContain("No RTP", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Fact]
    public void A_call_that_is_over_before_is_not_looked_at()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var ended = Script.LastCall;
        Ends(call, callee);
        Script.Passes(WithinWords);

        Assert.Null(ended.MediaWatch);
        Assert.DoesNotContain("No RTP", string.Join('\n', ended.Log.Read().Select(decision => decision.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_call_is_ended_with_both_told_why_and_its_log_too()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var silent = Script.LastCall;
        Script.Passes(295);
        Assert.False(silent.IsOver);

        Script.Passes(10);

        foreach (var party in new[] { call, callee })
        {
            party.GetsBye();
            // RFC 3326
            Assert.Equal("Q.850;cause=41;text=\"RTP timeout\"", SipText.Header(party.Request("BYE"), "Reason"));
        }

        Assert.Equal("No media has come from either party for 300 seconds.", silent.Log.Read()[^1].Text);
        Assert.Equal(CallEnd.System, silent.Entry.End!.EndedBy);
        Assert.Equal("No media has come from either party for 300 seconds.", silent.Entry.End.Reason);
    }

    [Fact]
    public async Task A_call_that_falls_silent_has_its_time_from_the_last_packet()
    {
        using var phone = new Audio();
        var (alice, bob) = (Script.Registered("101", remote: "127.0.0.1:5070"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of("127.0.0.1", phone.Port));
        var callee = bob.GetsCall();
        Answer(call, callee);
        Script.Passes(200);
        await phone.Talks(Script.LastCall.Caller!);

        Script.Passes(295);
        Assert.False(Script.LastCall.IsOver);
        Script.Passes(10);

        call.GetsBye();
        callee.GetsBye();
    }

    [Theory]
    [InlineData("sendonly", "recvonly")]
    [InlineData("inactive", "inactive")]
    public void A_held_call_has_an_hour(string hold, string answer)
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of(call.Phone.Address, direction: hold, version: 2));
        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000, answer));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Script.Passes(3590);
        Assert.False(Script.LastCall.IsOver);
        Script.Passes(15);

        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public async Task Zero_is_for_ever()
    {
        await UseScript(64, ("Gateway:MediaTimeout", "0"));
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Script.Passes(1000);

        Assert.False(Script.LastCall.IsOver);
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_turns_to_DTLS_by_a_re_INVITE_is_watched_as_well()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var (call, callee) = Answered(alice, bob);
        Script.Passes(60);
        call.Sends("INVITE", Sdp.Web(alice.Address, "actpass", version: 2));
        callee.Gets("INVITE");
        Answer(call, callee, Sdp.Of(bob.Address, 41000));
        var failed = Script.LastCall;

        Script.Passes(9);
        Assert.False(failed.IsOver);
        Script.Passes(3);

        call.GetsBye();
        callee.GetsBye();
        Assert.Equal("SIP;cause=488;text=\"media setup\"", SipText.Header(callee.Request("BYE"), "Reason"));
        Assert.Equal("The caller did not find our media port by ICE in time.", failed.Log.Read()[^1].Text);
    }

    [Fact]
    public void Who_hangs_up_gives_no_reason_of_ours()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Ends(call, callee);

        Assert.Equal("", SipText.Header(callee.Request("BYE"), "Reason"));
    }

    private static async Task Until(Func<bool> isTrue)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!isTrue())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private IPEndPoint Local(bool caller)
    {
        var local = (caller ? Script.LastCall.Caller! : Script.LastCall.Callee!).Media.Relay.Local;
        return new(local.Address, local.RtpPort);
    }

    /// <summary>A phone's audio port.</summary>
    private sealed class Audio : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        public Audio() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void Sends(CallLeg leg)
        {
            var packet = new byte[172];
            packet[0] = 0x80;
            _socket.SendTo(packet, new IPEndPoint(leg.Media.Relay.Local.Address, leg.Media.Relay.Local.RtpPort));
        }

        /// <summary>Sends a packet, and waits until the relay has it.</summary>
        public async Task Talks(CallLeg leg)
        {
            Sends(leg);
            await Until(() => leg.Media.Relay.CountAudio() > 0);
        }

        public void Dispose() => _socket.Dispose();
    }
}
