using System.Net;
using System.Text;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Tests.Sdp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Descriptions and relay together, as a back-to-back user agent uses them for one forked call.</summary>
public sealed class CallTests : IDisposable
{
    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _desk = new() { Ssrc = 2 };
    private readonly TestPhone _mobile = new() { Ssrc = 3 };

    [Fact]
    public void A_forked_call_is_heard_both_ways_by_the_candidate_that_answers()
    {
        // 1. Alice offers; each candidate gets a leg and an offer of its own.
        var offer = Descriptions.Parse(Describe(_alice));
        var (a, toAlice) = (_rig.LegWithoutRemote(_alice.Address), new SdpRewriter(1));
        var (desk, toDesk) = (_rig.LegWithoutRemote(_desk.Address), new SdpRewriter(2));
        var (mobile, toMobile) = (_rig.LegWithoutRemote(_mobile.Address), new SdpRewriter(3));
        a.SetRemote(Read(offer), _alice.Address);
        var offerToDesk = OfferTo(toDesk, offer, desk);
        var offerToMobile = OfferTo(toMobile, offer, mobile);

        // 2. The mobile answers; the desk phone's leg goes.
        var answer = Descriptions.Parse(Describe(_mobile));
        mobile.SetRemote(Read(answer), _mobile.Address);
        _rig.Session.Join(a, mobile);
        _rig.Session.Release(desk);
        Assert.True(toAlice.TryRewriteAnswer(answer, offer, a.Local, out var answerToAlice, out _));

        // 3. Each talks to the address it was told.
        var aliceSends = Read(Descriptions.Parse(Encoding.ASCII.GetString(answerToAlice))).Rtp;
        Assert.Equal(new IPEndPoint(a.Local.Address, a.Local.RtpPort), aliceSends);
        Assert.NotEqual(Read(offerToDesk).Rtp, Read(offerToMobile).Rtp);
        _rig.Turn();
        var fromAlice = _alice.Talk(a, 1);
        var fromMobile = _mobile.Talk(mobile, 2);
        _desk.Talk(desk, 3);
        _rig.Turn();

        Assert.Equal(fromAlice, _mobile.Hears());
        Assert.Equal(fromMobile, _alice.Hears());
        Assert.False(_alice.HasHeard() || _desk.HasHeard());
        Assert.Equal(1, mobile.ReadStatistics().PacketsReceived);
    }

    [Fact]
    public void A_fault_on_one_port_costs_no_other()
    {
        var io = new FaultyIo();
        using var rig = new RelayRig(() => io);
        var (a, b) = rig.Joined(_alice, _desk);
        io.Broken = a.Rtp.Socket;
        _alice.Talk(a);
        var fromDesk = _desk.Talk(b);
        rig.Turn();

        Assert.Equal(fromDesk, _alice.Hears());
        rig.Session.Dispose();
        rig.Turn();
    }

    public void Dispose()
    {
        _alice.Dispose();
        _desk.Dispose();
        _mobile.Dispose();
        _rig.Dispose();
    }

    private static SessionDescription OfferTo(SdpRewriter rewriter, SessionDescription offer, RelayLeg leg)
    {
        Assert.True(rewriter.TryRewriteOffer(offer, leg.Local, out var sdp, out var refusal), refusal.ToString());
        return Descriptions.Parse(Encoding.ASCII.GetString(sdp));
    }

    private static RemoteAudio Read(SessionDescription description)
    {
        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(description, out var audio));
        return audio!;
    }

    private static string Describe(TestPhone phone) => $"""
        v=0
        o=- 1 1 IN IP4 {phone.Address}
        s=-
        c=IN IP4 {phone.Address}
        t=0 0
        m=audio {phone.Rtp.Port} RTP/AVP 0
        a=rtcp:{phone.Rtcp.Port}
        """;
}
