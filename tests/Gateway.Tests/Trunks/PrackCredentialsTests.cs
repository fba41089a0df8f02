using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>A destination that challenges a PRACK (RFC 3262 §4, RFC 3261 §22.2).</summary>
public sealed class PrackCredentialsTests : TrunkTest
{
    [Fact]
    public void A_challenge_to_a_PRACK_is_answered_with_the_destinations_account_once()
    {
        // Threats: endless new nonces.
        var carrier = Script.Carrier("telco", password: "pass");
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var callee = carrier.GetsCall();
        callee.Sends(183, Sdp.Answer(callee.LastSdp, carrier.Address), headers: ["Require: 100rel", "RSeq: 1"]);
        Assert.Empty(SipText.Header(callee.Gets("PRACK"), "Proxy-Authorization"));

        callee.Sends(407, to: "PRACK", headers: """Proxy-Authenticate: Digest realm="telco", nonce="n1", algorithm=MD5""");

        var prack = callee.Gets("PRACK");
        var answer = SipText.Header(prack, "Proxy-Authorization");
        var uri = SipText.FirstLine(prack).Split(' ')[1];
        var ha1 = Md5.Hex("account:telco:pass");
        Assert.Equal(("1 1 INVITE", "3 PRACK"), (SipText.Header(prack, "RAck"), SipText.Header(prack, "CSeq")));
        Assert.Equal(Md5.Hex($"{ha1}:n1:{Md5.Hex($"PRACK:{uri}")}"), PhoneDigest.Quoted(answer, "response"));
        callee.Sends(407, to: "PRACK", headers: """Proxy-Authenticate: Digest realm="telco", nonce="n2", algorithm=MD5""");
        callee.GetsNothing();
        call.Gets(183);
        Answer(call, callee, Sdp.Of(carrier.Address, 41000));
        Ends(call, callee);
    }
}
