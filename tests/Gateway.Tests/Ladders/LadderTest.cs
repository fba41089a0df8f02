using TekSipCloud.Gateway.Tests.Messages;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Ladders;

/// <summary>
/// A flow of RFC 3665 or RFC 5359, with this server in the place of its proxies. A proxy passes a dialog on; this server ends each party's and has one of its
/// own with the other: what the ladders check in place of Record-Route.
/// </summary>
public abstract class LadderTest : StandaloneTest
{
    /// <summary>An answer is to the request that was sent, and has a To tag (RFC 3261 §8.2.6.2).</summary>
    internal static void Answers(SipMessage answer, string callId, string cseq)
    {
        Assert.Equal((callId, cseq), (SipText.CallId(answer), SipText.Header(answer, "CSeq")));
        Assert.NotEmpty(SipText.Parameter(SipText.Header(answer, "To"), "tag"));
    }

    /// <summary>The party's answer makes a dialog with this server, which carries the audio (RFC 3261 §12.1.1, RFC 3264 §6).</summary>
    internal static void IsOurDialog(PhoneCall call, SipMessage answer, string cseq = "1 INVITE")
    {
        Answers(answer, call.CallId, cseq);
        Assert.Equal(call.LocalTag, SipText.Parameter(SipText.Header(answer, "From"), "tag"));
        Assert.Equal("application/sdp", SipText.Header(answer, "Content-Type"));
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(SipText.Body(answer)));
        IsOurContact(call.Phone, answer);
    }

    /// <summary>What the callee is sent begins a dialog of this server's, of which the caller's shows nothing.</summary>
    internal static void IsOurInvite(PhoneCall call, PhoneCall callee)
    {
        var invite = callee.Invite;
        Assert.NotEqual(call.CallId, SipText.CallId(invite));
        Assert.NotEqual(call.LocalTag, SipText.Parameter(SipText.Header(invite, "From"), "tag"));
        Assert.Empty(SipText.Parameter(SipText.Header(invite, "To"), "tag"));
        Assert.Single(SipText.Lines(invite, "Via"));
        Assert.EndsWith(" INVITE", SipText.Header(invite, "CSeq"), StringComparison.Ordinal);
        IsOurContact(callee.Phone, invite);
    }

    /// <summary>The callee takes the call, and both parties have said and heard what a call begins with.</summary>
    internal static void Connects(PhoneCall call, PhoneCall callee)
    {
        callee.Sends(180);
        call.Gets(180);
        Answer(call, callee);
    }

    /// <summary>Asked for another direction of its audio, the other party agrees; what it was offered, and what the first one was answered.</summary>
    internal static (string Offered, string Answered) Changes(PhoneCall from, PhoneCall to, string asked, string agreed, int version)
    {
        from.Sends("INVITE", Sdp.Of(from.Phone.Address, 40000, asked, version));
        to.Gets("INVITE");
        var offered = Sdp.DirectionOf(to.LastSdp);
        to.Sends(200, Sdp.Of(to.Phone.Address, 41000, agreed, version));
        to.Gets("ACK");
        from.Gets(200);
        var answered = Sdp.DirectionOf(from.LastSdp);
        from.Sends("ACK");
        return (offered, answered);
    }

    /// <summary>The device that rang stops.</summary>
    internal static void IsCancelled(PhoneCall ringing)
    {
        var cancel = ringing.Gets("CANCEL");
        Assert.Equal(SipText.Header(ringing.Invite, "CSeq").Split(' ')[0], SipText.Header(cancel, "CSeq").Split(' ')[0]);
        Assert.Equal(SipText.Lines(ringing.Invite, "Via"), SipText.Lines(cancel, "Via"));
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
    }

    private static void IsOurContact(Phone phone, SipMessage message)
    {
        Assert.Contains($"@{phone.Flow.Local}", Assert.Single(SipText.Lines(message, "Contact")), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(message, "Record-Route"));
    }
}
