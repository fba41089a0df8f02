using System.Text;
using TekSipCloud.Sip.Tracing;

namespace TekSipCloud.Sip.Tests.Tracing;

/// <summary>What may be shown of a message, and what not.</summary>
public sealed class TraceTextTests
{
    [Theory]
    [InlineData("Authorization: Digest username=\"101\", realm=\"a\", nonce=\"n\", uri=\"sip:a\", response=\"5ec4e7\", cnonce=\"5ec4e7\"")]
    [InlineData("PROXY-AUTHORIZATION :Digest response = 5ec4e7,username=\"101\"")]
    [InlineData("Proxy-Authorization: Digest username=\"101\",\r\n response=\"5ec4e7\"")]
    [InlineData("Proxy-Authorization: Digest username=\"101\",\r\n\tresponse\r\n =\r\n \"5ec4e7\"")]
    [InlineData("Authorization: Basic 5ec4e7")]
    [InlineData("Authorization: 5ec4e7")]
    [InlineData("Authentication-Info: rspauth=\"5ec4e7\", nextnonce=\"5ec4e7\"")]
    [InlineData("Contact: <sip:101:5ec4e7@192.0.2.1>")]
    [InlineData("Route: <SIPS:101:5ec4e7@192.0.2.1;lr>, <sip:b@192.0.2.1>")]
    public void A_headers_secret_is_left_out(string header)
    {
        var text = Redact($"REGISTER sip:a SIP/2.0\r\n{header}\r\nCall-ID: kept\r\nContent-Length: 0\r\n\r\n");

        Assert.DoesNotContain("5ec4e7", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("[redacted]", text, StringComparison.Ordinal);
        Assert.Contains("Call-ID: kept", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_authenticated_for_what_is_kept()
    {
        var text = Redact("""
            REGISTER sip:a SIP/2.0
            Authorization: Digest username="101", realm="example.com", uri="sip:a", nonce="n", response="5ec4e7", algorithm=MD5


            """.ReplaceLineEndings("\r\n"));

        Assert.Contains("Digest username=\"101\", realm=\"example.com\", uri=\"sip:a\", algorithm=MD5, [redacted]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:5ec4e7|2^20|1:32;inline:5ec4e7")]
    [InlineData("A=CRYPTO:1 AES_CM_128_HMAC_SHA1_80 INLINE:5ec4e7")]
    [InlineData("a=ice-pwd:5ec4e7")]
    [InlineData("a=crypto:5ec4e7")]
    [InlineData("k=clear:5ec4e7")]
    [InlineData("a=key-mgmt:mikey 5ec4e7")]
    public void A_key_in_SDP_is_left_out(string line)
    {
        var text = Redact(Invite("application/sdp", $"v=0\r\nm=audio 4000 RTP/SAVP 0\r\n{line}\r\na=sendrecv\r\n"));

        Assert.DoesNotContain("5ec4e7", text, StringComparison.Ordinal);
        Assert.Contains("m=audio 4000 RTP/SAVP 0", text, StringComparison.Ordinal);
        Assert.Contains("a=sendrecv", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_a_message_of_bare_line_feeds_is_left_out() =>
        Assert.DoesNotContain("5ec4e7", Redact("INVITE sip:a SIP/2.0\n\nv=0\nk=clear:5ec4e7\na=crypto:1 X inline:5ec4e7\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5")]
    [InlineData("text/plain", "my secret")]
    [InlineData("multipart/mixed;boundary=x", "--x\r\n\r\nk=clear:key\r\n--x--")]
    public void A_body_that_is_no_SDP_is_told_by_its_length(string type, string body)
    {
        var text = Redact(Invite(type, body));

        Assert.EndsWith($"\r\n\r\n[{body.Length} bytes of {type}]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"n\"\r\nCall-ID: b@192.0.2.1\r\n\r\n")]
    [InlineData("INVITE sip:b@192.0.2.1:5060 SIP/2.0\r\nRoute: <sip:192.0.2.9:5070;lr>\r\nContact: <sip:[2001:db8::1]:5060;transport=tcp>\r\n\r\n")]
    public void Everything_else_stays_as_it_is(string message) => Assert.Equal(message, Redact(message));

    private static string Redact(string message) => TraceText.Redact(Encoding.UTF8.GetBytes(message));

    private static string Invite(string type, string body) => $"""
        INVITE sip:b@example.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
        From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>
        Call-ID: c1
        CSeq: 1 INVITE
        Max-Forwards: 70
        Contact: <sip:a@192.0.2.1>
        Content-Type: {type}
        Content-Length: {body.Length}

        
        """.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n\r\n" + body;
}
