using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>A destination that challenges the refresh of a session (RFC 4028 §7.4, RFC 3261 §22.2).</summary>
public sealed class RefreshCredentialsTests : TrunkTest
{
    private const string Agreed = "Session-Expires: 90;refresher=uac";
    private const string TakesUpdate = "Allow: INVITE, ACK, CANCEL, BYE, UPDATE";

    [Theory]
    [InlineData("UPDATE", 401, "WWW-Authenticate", "Authorization")]
    [InlineData("UPDATE", 407, "Proxy-Authenticate", "Proxy-Authorization")]
    [InlineData("INVITE", 407, "Proxy-Authenticate", "Proxy-Authorization")]
    public void A_challenge_to_a_refresh_is_answered_with_the_destinations_account(string method, int status, string challenge, string credentials)
    {
        var (call, callee) = Answered("pass", method);
        Script.Passes(45.1);
        callee.Gets(method);

        callee.Sends(status, to: method, headers: $"""{challenge}: Digest realm="telco", nonce="n1", algorithm=MD5""");
        if (method == "INVITE")
            callee.Gets("ACK");

        callee.Gets(method);
        var answer = SipText.Header(callee.Last, credentials);
        var uri = SipText.FirstLine(callee.Last).Split(' ')[1];
        var ha1 = Md5.Hex("account:telco:pass");
        Assert.Equal(uri, PhoneDigest.Quoted(answer, "uri"));
        Assert.Equal(Md5.Hex($"{ha1}:n1:{Md5.Hex($"{method}:{uri}")}"), PhoneDigest.Quoted(answer, "response"));
        callee.Sends(200, method == "INVITE" ? Sdp.Answer(callee.LastSdp, callee.Phone.Address) : null, to: method, headers: Agreed);
        if (method == "INVITE")
            Assert.NotEmpty(SipText.Header(callee.Gets("ACK"), credentials));
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_challenge_that_repeats_is_answered_once_only_and_the_call_goes_on()
    {
        // Threats: endless new nonces.
        var (call, callee) = Answered("pass", "UPDATE");
        Script.Passes(45.1);
        callee.Gets("UPDATE");
        callee.Sends(407, to: "UPDATE", headers: """Proxy-Authenticate: Digest realm="telco", nonce="n1", algorithm=MD5""");
        callee.Gets("UPDATE");

        callee.Sends(407, to: "UPDATE", headers: """Proxy-Authenticate: Digest realm="telco", nonce="n2", algorithm=MD5""");

        callee.GetsNothing();
        Ends(call, callee);
    }

    private (PhoneCall Caller, PhoneCall Callee) Answered(string password, string refresh)
    {
        var carrier = Script.Carrier("telco", password: password);
        Script.AddRoute("", "telco");
        var call = Caller().Invites("5551234");
        var callee = carrier.GetsCall();
        callee.Sends(200, Sdp.Answer(callee.LastSdp, carrier.Address), headers: refresh == "UPDATE" ? [Agreed, TakesUpdate] : [Agreed]);
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, callee);
    }
}
