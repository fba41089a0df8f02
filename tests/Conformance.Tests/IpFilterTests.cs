using System.Net;
using System.Net.WebSockets;
using System.Text;
using TekSipCloud.Conformance.Tests.Torture;
using TekSipCloud.Testing;

namespace TekSipCloud.Conformance.Tests;

/// <summary>The manual, Settings / IP Filters, on the wire: what REST stores the running product does, from the next request on.</summary>
public sealed class IpFilterTests(TortureRig rig)
{
    private const string Filtered = "filtered.example";
    private const string Other = "example.com";

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("WS")]
    public async Task Drop_is_silence_and_only_for_the_tenant_that_says_so(string transport)
    {
        var tenant = $"filtered-{transport.ToLowerInvariant()}";
        var domain = $"{transport.ToLowerInvariant()}.{Filtered}";
        await rig.Host.Rest.Post("tenants", new { id = tenant, domains = (string[])[domain] });
        // The first request at a domain has it looked up, and is answered after what came behind it.
        await Poll.Until("a challenge", () => FirstStatus(transport, domain), status => status == 401, TimeSpan.FromSeconds(20));

        await rig.Host.Rest.Post($"tenants/{tenant}/ip-filters", new { address = "127.0.0.0/8", action = "drop", order = 0 });

        await Poll.Until("silence", () => FirstStatus(transport, domain), status => status == 404, TimeSpan.FromSeconds(20));

        await rig.Host.Rest.Delete($"tenants/{tenant}/ip-filters/127.0.0.0/8");
        await Poll.Until("an answer", () => FirstStatus(transport, domain), status => status == 401, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("UDP", 200)]
    [InlineData("TCP", 200)]
    [InlineData("WS", 401)]
    public async Task Bypass_asks_for_no_credentials_but_of_browsers_whose_WebSocket_any_page_may_open(string transport, int expected)
    {
        var tenant = $"bypassed-{transport.ToLowerInvariant()}";
        var domain = $"{transport.ToLowerInvariant()}.bypassed.example";
        await rig.Host.Rest.Post("tenants", new { id = tenant, domains = (string[])[domain] });
        await rig.Host.Rest.Post($"tenants/{tenant}/extensions", new { username = "user", password = "of-no-account-here" });

        await rig.Host.Rest.Post($"tenants/{tenant}/ip-filters", new { address = "127.0.0.0/8", action = "bypass", order = 0 });

        await Poll.Until("the answer", () => FirstStatus(transport, domain), status => status == expected, TimeSpan.FromSeconds(20));
    }

    /// <summary>
    /// What comes first of the answers to a REGISTER, and to one at a domain that is nobody's (404). Both have the same Call-ID, so that they are handled one after
    /// the other: a 404 alone says that the first got none.
    /// </summary>
    private async Task<int> FirstStatus(string transport, string domain)
    {
        var callId = Guid.NewGuid().ToString("N");
        var texts = (string[])[Register(transport, domain, callId, 1), Register(transport, $"nobody.{Other}", callId, 2)];
        if (transport == "WS")
            return await FirstStatusByWebSocket(texts);

        using var peer = await TorturePeer.Open(transport, rig.Stranger, rig.Server);
        foreach (var text in texts)
            await peer.Send(text);
        var first = (await peer.Receive())!.Status;
        if (first != 404)
            await peer.Receive();
        return first;
    }

    private async Task<int> FirstStatusByWebSocket(string[] texts)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        await socket.ConnectAsync(rig.Host.Ports.WebSocket("ws"), deadline.Token);
        foreach (var text in texts)
            await socket.SendAsync(Encoding.Latin1.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);

        var buffer = new byte[65_536];
        var received = await socket.ReceiveAsync(buffer, deadline.Token);
        return new WireMessage(Encoding.Latin1.GetString(buffer, 0, received.Count)).Status;
    }

    private static string Register(string transport, string domain, string callId, int cseq) => string.Join(
        "\r\n", $"REGISTER sip:{domain} SIP/2.0", $"Via: SIP/2.0/{transport} filtered.invalid;rport;branch=z9hG4bK{callId}{cseq}", "Max-Forwards: 70",
        $"From: <sip:user@{domain}>;tag=f{cseq}", $"To: <sip:user@{domain}>", $"Call-ID: {callId}", $"CSeq: {cseq} REGISTER",
        $"Contact: <sip:user@{IPAddress.Loopback}:5099>", "Expires: 60", "Content-Length: 0", "", "");
}
