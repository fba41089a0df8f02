using System.Net;
using System.Text;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Tests.Relay;
using TekSipCloud.Media.Tests.Sdp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests;

/// <summary>What a call's media leaves to the garbage collector; thousands of calls a second begin and end.</summary>
public sealed class CallCostTests : IDisposable
{
    private static readonly LocalAudio Ours = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly byte[] _offer = Encoding.ASCII.GetBytes(Descriptions.DeskPhone.ReplaceLineEndings("\r\n"));
    private readonly byte[] _answer = Encoding.ASCII.GetBytes(Descriptions.DeskPhoneAnswer.ReplaceLineEndings("\r\n"));

    [Fact]
    public void A_session_of_two_legs_is_less_than_a_kilobyte()
    {
        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(Parse(_offer), out var ofCaller));
        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(Parse(_answer), out var ofCallee));

        Allocations.AssertAtMost(1024, () =>
        {
            using var session = _rig.Relay.OpenSession();
            _ = session.TryAllocateLeg(IPAddress.Loopback, out var a, out _);
            _ = session.TryAllocateLeg(IPAddress.Loopback, out var b, out _);
            a!.SetRemote(ofCaller!, IPAddress.Loopback);
            b!.SetRemote(ofCallee!, IPAddress.Loopback);
            session.Join(a, b);
            _ = a.ReadStatistics();
        });
    }

    [Fact]
    public void A_description_is_little_more_than_its_bytes() =>
        Allocations.AssertAtMost(_offer.Length + 500, () =>
        {
            _ = SessionDescription.TryParse(_offer, out var description, out _);
            _ = RemoteAudio.Read(description!, out var audio);
            _ = audio!.CodecName;
        });

    [Fact]
    public void A_description_rewritten_is_little_more_than_the_result()
    {
        var (offer, answer) = (Parse(_offer), Parse(_answer));

        Allocations.AssertAtMost(_offer.Length + 160, () =>
        {
            _ = new SdpRewriter(1).TryRewriteOffer(offer, Ours, out _, out _);
        });
        Allocations.AssertAtMost(_offer.Length + 160, () =>
        {
            _ = new SdpRewriter(1).TryRewriteAnswer(answer, offer, Ours, out _, out _);
        });
    }

    [Fact]
    public void A_description_repeated_costs_nothing()
    {
        var offer = Parse(_offer);
        var rewriter = new SdpRewriter(1);

        Allocations.AssertNone(() => _ = rewriter.TryRewriteOffer(offer, Ours, out _, out _));
    }

    public void Dispose() => _rig.Dispose();

    private static SessionDescription Parse(byte[] body)
    {
        Assert.True(SessionDescription.TryParse(body, out var description, out var error), error.ToString());
        return description;
    }
}
