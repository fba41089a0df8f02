using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>
/// Threats: amplification. Whoever forges a source address makes us send that address at most three times what it sent us itself, whatever it
/// asks and however short it does.
/// </summary>
public sealed class AmplificationTests
{
    private const int MostBytesPerByte = 3;

    /// <summary>Longer than any timer of RFC 3261: what a transaction would repeat has been repeated by then.</summary>
    private const int LongestTimerSeconds = 70;

    private static readonly string[] Methods =
        ["REGISTER", "INVITE", "OPTIONS", "BYE", "CANCEL", "INFO", "ACK", "PUBLISH", "MESSAGE", "SUBSCRIBE", "X"];

    private static readonly string[] Uris =
        ["sip:a", $"sip:{SipScript.Domain}", $"sip:101@{SipScript.Domain}", "sip:101@nobody.test", "tel:1", "x:y", "sip:"];

    private static readonly string[] Additions =
    [
        "", "Require: x", "Require: 100rel, path, outbound", "Proxy-Require: y", "Max-Forwards: 0", "Max-Forwards: many", "Expires: 1",
        "Authorization: Digest username=\"a\"", "Authorization: Digest username=\"101\", realm=\"example.com\", nonce=\"n\", uri=\"u\", response=\"r\"",
        "Proxy-Authorization: Digest username=\"101\", realm=\"example.com\", nonce=\"n\", uri=\"u\", response=\"r\"",
    ];

    [Fact]
    public void No_unauthenticated_answer_is_longer_than_three_times_its_request()
    {
        var requests =
            from method in Gen.Elements(Methods)
            from uri in Gen.Elements(Uris)
            from addition in Gen.Elements(Additions)
            from isCompact in Gen.Elements(true, false)
            from tag in Gen.Elements("", ";tag=t")
            from padding in Gen.Choose(0, 300)
            select Write(method, uri, addition, isCompact, tag, padding);

        Prop.ForAll(requests.ToArbitrary(), request => AssertBounded(request).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp, 0, 0)]
    [InlineData(SipTransportProtocol.Udp, 300, 401)]
    [InlineData(SipTransportProtocol.Tcp, 0, 401)]
    public async Task A_challenge_too_long_for_its_request_is_not_sent_unless_the_sender_has_shown_where_it_is(
        SipTransportProtocol protocol, int padding, int status)
    {
        await using var script = new SipScript();
        var realm = new string('r', 200);
        script.Grains.Add(new Tenant(new TenantId("long"), "Long", realm, ["d.test"], true, new(), script.Clock.GetUtcNow()));
        var stranger = script.Stranger("x", protocol: protocol);

        stranger.Sends(Write("REGISTER", "sip:d.test", "", isCompact: true, "", padding));

        Assert.Equal(status, stranger.Flow.Inbox.SingleOrDefault()?.StatusCode ?? 0);
    }

    private static async Task AssertBounded(string request)
    {
        await using var script = new SipScript();
        script.AddExtension("101");
        var stranger = script.Stranger("x");

        stranger.Sends(request);
        script.ClusterGoesOn();
        script.Passes(LongestTimerSeconds);

        var sent = SipText.Bytes(request).Length;
        var answered = stranger.Flow.Inbox.Sum(message => message.Bytes.Length);
        Assert.True(answered <= MostBytesPerByte * sent, $"{answered} bytes for {sent}: {request}");
    }

    private static string Write(string method, string uri, string addition, bool isCompact, string tag, int padding)
    {
        string[] names = isCompact ? ["v", "f", "t", "i"] : ["Via", "From", "To", "Call-ID"];
        string[] lines =
        [
            $"{method} {uri} SIP/2.0", $"{names[0]}:SIP/2.0/UDP x", $"{names[1]}:<sip:a>;tag=1",
            $"{names[2]}:<sip:a>{tag}", $"{names[3]}:1", $"CSeq:1 {method}", addition,
            padding > 0 ? $"X:{new string('x', padding)}" : "",
        ];
        return $"{string.Join("\r\n", lines.Where(l => l.Length > 0))}\r\n\r\n";
    }
}
