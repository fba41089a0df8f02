using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Tests.Relay;

namespace TekSipCloud.Media.Tests.Recording;

/// <summary>What of a call is recorded: what the parties say to each other, and nothing else.</summary>
public sealed class RecordedLegTests : IDisposable
{
    private static readonly AudioClip Music = AudioClip.FromSamples(new short[3 * AudioClip.FrameBytes]);

    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };
    private readonly RecordingRing _ring = new();
    private readonly RelayLeg _a;
    private readonly RelayLeg _b;

    public RecordedLegTests()
    {
        (_a, _b) = _rig.Joined(_alice, _bob);
        _a.Record(_ring, 0);
        _b.Record(_ring, 1);
        _rig.Turn();
    }

    [Fact]
    public void Each_party_is_on_its_channel()
    {
        _alice.Talk(_a);
        _rig.Turn();
        _bob.Talk(_b);
        _rig.Turn();

        Assert.Equal([0, 1], Take());
    }

    [Fact]
    public void Music_on_hold_is_nobodys_voice_and_who_holds_is_not_recorded()
    {
        // RFC 3264 §8.4
        _a.SetRemote(_alice.Says(direction: MediaDirection.SendOnly), _alice.Address);
        _b.SetRemote(_bob.Says(direction: MediaDirection.RecvOnly), _bob.Address);
        _b.Play(Music, new G711Format(0, G711Law.Mulaw), loops: true);
        _rig.Turn();

        _alice.Talk(_a);
        _bob.Talk(_b);
        _rig.Turn();

        Assert.Empty(Take());

        _a.SetRemote(_alice.Says(), _alice.Address);
        _b.SetRemote(_bob.Says(), _bob.Address);
        _b.StopPlaying();
        _alice.Talk(_a);
        _rig.Turn();
        Assert.Equal([0], Take());
    }

    [Fact]
    public void An_announcement_is_not_recorded_and_whom_it_is_made_to_is()
    {
        _b.Play(Music, new G711Format(0, G711Law.Mulaw), loops: false);
        _rig.Turn();

        _bob.Talk(_b);
        _rig.Turn();

        Assert.Equal([1], Take());
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _rig.Dispose();
    }

    private List<int> Take()
    {
        var channels = new List<int>();
        while (_ring.TryPeek(out var packet))
        {
            channels.Add(packet.Channel);
            _ring.Release(packet);
        }

        return channels;
    }
}
