using System.Buffers.Binary;
using System.Net;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>What the relay plays to a party: in real time, in the party's stream, and nothing while nobody is on hold.</summary>
public sealed class PlayerTests : IDisposable
{
    private static readonly G711Format MuLaw = new(0, G711Law.Mulaw);
    private static readonly G711Format ALaw = new(8, G711Law.Alaw);

    /// <summary>Three frames, each of its own level.</summary>
    private static readonly AudioClip Music = AudioClip.FromSamples(
        [.. Enumerable.Range(0, 3 * AudioClip.FrameBytes).Select(i => (short)(1000 * (1 + i / AudioClip.FrameBytes)))]);

    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };
    private readonly RelayLeg _a;
    private readonly RelayLeg _b;

    public PlayerTests() => (_a, _b) = _rig.Joined(_alice, _bob);

    [Fact]
    public void Music_comes_one_frame_each_twenty_milliseconds_and_begins_anew_at_its_end()
    {
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();

        for (var i = 0; i < 10; i++)
        {
            var packet = _bob.Hears();
            Assert.Equal(Music.Frame(G711Law.Mulaw, i % 3), packet.AsSpan(RtpPacket.MinHeaderBytes));
            Assert.False(_bob.HasHeardAudio());
            Passes(19);
            Assert.False(_bob.HasHeardAudio());
            Passes(1);
        }
    }

    [Fact]
    public void A_party_gets_the_law_and_the_payload_type_that_it_named()
    {
        _b.Play(Music, ALaw with { PayloadType = 99 }, loops: true);
        _rig.Turn();

        var packet = _bob.Hears();

        Assert.Equal(Music.Frame(G711Law.Alaw, 0), packet.AsSpan(RtpPacket.MinHeaderBytes));
        Assert.Equal(99, packet[1] & 0x7F);
    }

    [Fact]
    public void What_the_party_hears_goes_on_in_one_stream_to_the_music_and_back()
    {
        // RFC 3550 §5.1: one source, numbers that follow, a clock that runs on.
        _alice.Talk(_a);
        _alice.Talk(_a);
        _rig.Turn();
        _bob.Hears();
        var before = Header(_bob.Hears());
        Passes(200);
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        var first = Header(_bob.Hears());
        Passes(20);
        var second = Header(_bob.Hears());
        _b.StopPlaying();
        _alice.Talk(_a);
        _rig.Turn();
        var after = Header(_bob.Hears());
        _alice.Talk(_a);
        _rig.Turn();
        var last = Header(_bob.Hears());

        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 1), before.Timestamp + 1600, true), first);
        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 2), first.Timestamp + 160, false), second);
        // Its clock stood still: it goes on where ours is.
        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 3), second.Timestamp + 160, true), after);
        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 4), after.Timestamp + 160, false), last);
    }

    [Fact]
    public void A_clock_that_ran_on_during_the_music_is_believed()
    {
        _alice.Talk(_a);
        _rig.Turn();
        var before = Header(_bob.Hears());
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        var music = Header(_bob.Hears());
        _b.StopPlaying();
        _alice.Skip(5);
        _alice.Talk(_a);
        _rig.Turn();

        var after = Header(_bob.Hears());

        Assert.Equal(music.Sequence + 1, after.Sequence);
        Assert.Equal(before.Timestamp + 6 * 160, after.Timestamp);
    }

    [Fact]
    public void The_other_party_is_not_heard_over_the_music()
    {
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        _bob.Hears();

        _alice.Talk(_a);
        _rig.Turn();

        Assert.False(_bob.HasHeardAudio());
        Assert.Equal(1, _a.ReadStatistics().Withheld);
    }

    [Fact]
    public void A_party_that_wants_to_hear_nothing_hears_nothing()
    {
        // RFC 3264 §8.4: both hold.
        _b.SetDirection(MediaDirection.SendOnly);
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        Passes(100);
        Assert.False(_bob.HasHeardAudio());

        _b.SetDirection(MediaDirection.SendRecv);
        Passes(20);

        Assert.Equal(Music.Frame(G711Law.Mulaw, 0), _bob.Hears().AsSpan(RtpPacket.MinHeaderBytes));
    }

    [Fact]
    public void What_is_played_once_ends_by_itself_and_the_other_party_is_heard_again()
    {
        _b.Play(Music, MuLaw, loops: false);
        _rig.Turn();
        for (var i = 0; i < 3; i++)
        {
            _bob.Hears();
            Passes(20);
        }

        Passes(100);
        Assert.False(_bob.HasHeardAudio());
        Assert.Equal(0, _rig.Relay.Loops[0].Players.Count);
        var said = _alice.Talk(_a, 7);
        _rig.Turn();
        Assert.Equal(said.AsSpan(RtpPacket.MinHeaderBytes), _bob.Hears().AsSpan(RtpPacket.MinHeaderBytes));
    }

    [Fact]
    public void Nothing_runs_when_nothing_is_played()
    {
        var players = _rig.Relay.Loops[0].Players;
        Assert.Equal(Timeout.Infinite, players.Limit(Timeout.Infinite));

        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        Assert.InRange(players.Limit(Timeout.Infinite), 1, 21);
        Assert.Equal(5, players.Limit(5));

        _b.StopPlaying();
        Passes(20);
        Assert.Equal(Timeout.Infinite, players.Limit(Timeout.Infinite));
    }

    [Fact]
    public void A_call_that_ends_takes_its_music_along()
    {
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        _rig.Session.Dispose();

        Passes(20);

        Assert.Equal(0, _rig.Relay.Loops[0].Players.Count);
    }

    [Fact]
    public void A_loop_that_was_held_up_skips_what_nobody_waits_for()
    {
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        var first = Header(_bob.Hears());

        Passes(1000);

        // 1,000 ms are 50 frames, of which the last five are sent.
        for (var i = 46; i <= 50; i++)
        {
            var packet = _bob.Hears();
            Assert.Equal(first.Timestamp + (uint)(i * 160), Header(packet).Timestamp);
            Assert.Equal(Music.Frame(G711Law.Mulaw, i % 3), packet.AsSpan(RtpPacket.MinHeaderBytes));
        }

        Assert.False(_bob.HasHeardAudio());
    }

    [Fact]
    public void The_same_music_in_another_form_goes_on_where_it_was()
    {
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        _bob.Hears();

        _b.Play(Music, ALaw, loops: true);
        Passes(20);

        Assert.Equal(Music.Frame(G711Law.Alaw, 1), _bob.Hears().AsSpan(RtpPacket.MinHeaderBytes));
        Assert.False(_bob.HasHeardAudio());
        Assert.Equal(1, _rig.Relay.Loops[0].Players.Count);
    }

    [Fact]
    public void Music_is_sealed_for_a_party_with_SRTP_and_the_voice_after_it_as_well()
    {
        var keys = new SrtpKeys(SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag80), SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag80));
        _bob.Protect(keys);
        _b.SetRemote(_bob.Says(), _bob.Address, keys: keys);
        _alice.Talk(_a);
        _rig.Turn();
        _bob.Hears();
        _b.Play(Music, MuLaw, loops: true);
        _rig.Turn();

        Assert.Equal(Music.Frame(G711Law.Mulaw, 0), _bob.Hears().AsSpan(RtpPacket.MinHeaderBytes));
        _b.StopPlaying();
        var said = _alice.Talk(_a, 7);
        _rig.Turn();
        Assert.Equal(said.AsSpan(RtpPacket.MinHeaderBytes), _bob.Hears().AsSpan(RtpPacket.MinHeaderBytes));
    }

    [Fact]
    public void A_browser_hears_music_once_it_has_shaken_hands()
    {
        using var dtls = DtlsContext.Create(_rig.Clock);
        var credentials = IceCredentials.Create();
        var leg = _rig.LegWithoutRemote(IPAddress.Loopback);
        using var browser = new TestBrowser(DtlsRole.Active);
        browser.Dtls.Expect([dtls.Fingerprint]);
        leg.UseIce(credentials, dtls, DtlsRole.Passive);
        leg.ExpectCertificate([browser.Fingerprint]);
        leg.Play(Music, MuLaw, loops: true);
        _rig.Turn();
        Passes(40);
        Assert.Empty(browser.Pending());

        browser.Check(leg, credentials);
        _rig.Turn();
        browser.Shake(_rig, leg);
        Passes(20);

        Assert.Equal(AudioClip.FrameBytes, browser.Hears().Length - RtpPacket.MinHeaderBytes);
    }

    [Fact]
    public void An_echo_is_what_was_said_under_a_name_of_ours()
    {
        _a.Echo();

        var said = _alice.Talk(_a, 5);
        _rig.Turn();
        var heard = _alice.Hears();

        Assert.Equal(said.AsSpan(RtpPacket.MinHeaderBytes), heard.AsSpan(RtpPacket.MinHeaderBytes));
        Assert.Equal((Header(said).Sequence, Header(said).Timestamp), (Header(heard).Sequence, Header(heard).Timestamp));
        // RFC 3550 §8.2: its own identifier coming back would be a loop.
        Assert.NotEqual(Header(said).Ssrc, Header(heard).Ssrc);
        Assert.False(_bob.HasHeardAudio());
    }

    [Fact]
    public void An_echo_keeps_its_name_when_the_party_changes_its_own()
    {
        _a.Echo();
        _alice.Talk(_a);
        _rig.Turn();
        var before = Header(_alice.Hears());
        Passes(200);

        _alice.Ssrc = 77;
        _alice.Skip(500);
        _alice.Talk(_a);
        _rig.Turn();

        var after = Header(_alice.Hears());
        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 1)), (after.Ssrc, after.Sequence));
    }

    [Fact]
    public void A_tick_costs_no_memory()
    {
        _b.Play(Music, MuLaw, loops: true);
        for (var i = 0; i < 5; i++)
            Passes(20);

        Assert.True(Allocations.AreNone(() =>
        {
            _rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
            return _rig.TurnCosts();
        }));
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _rig.Dispose();
    }

    private static (uint Ssrc, ushort Sequence, uint Timestamp, bool Marker) Header(ReadOnlySpan<byte> packet) => (
        BinaryPrimitives.ReadUInt32BigEndian(packet[8..]),
        BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
        BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
        (packet[1] & 0x80) != 0);

    private void Passes(int milliseconds)
    {
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _rig.Turn();
    }
}
