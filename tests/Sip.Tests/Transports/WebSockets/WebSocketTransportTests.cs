using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Sip.Transports.WebSockets;

namespace TekSipCloud.Sip.Tests.Transports.WebSockets;

/// <summary>SIP over WebSockets (RFC 7118) through a real web server on loopback; the rules S1 to S6 of its practice.</summary>
public sealed class WebSocketTransportTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = TransportBench.SelfSigned("localhost");
    private WebSocketHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WebSocketHost.Start(
        new SipTransportOptions { MaxConnectionsPerAddress = 3, MaxQueuedBytes = 256 << 10 }, _certificate);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task S1_the_upgrade_carries_and_echoes_the_subprotocol_sip()
    {
        var (socket, answer) = await _host.Ask(WebSocketHost.Opening);
        using var _ = socket;

        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: sip\r\n", answer, StringComparison.Ordinal);
        // RFC 6455 §1.3
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Upgrade: websocket\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: sip", "Sec-WebSocket-Protocol: SIP", "400")]
    [InlineData("Sec-WebSocket-Protocol: sip", "Sec-WebSocket-Protocol: sips, msrp", "400")]
    [InlineData("Sec-WebSocket-Protocol: sip", "X: no subprotocol", "400")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: c2hvcnQ=", "400")]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "426")]
    [InlineData("Upgrade: websocket", "X: plain", "426")]
    public async Task S1_anything_else_is_refused(string line, string instead, string status)
    {
        var (socket, answer) = await _host.Ask([.. WebSocketHost.Opening.Select(each => each == line ? instead : each)]);
        using var _ = socket;

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(0, _host.Layer.Connections);
    }

    [Fact]
    public async Task S1_sip_may_be_one_of_several_subprotocols()
    {
        var (socket, answer) = await _host.Ask(
            [.. WebSocketHost.Opening.SkipLast(1), "Sec-WebSocket-Protocol: xmpp", "Sec-WebSocket-Protocol: msrp, sip"]);
        using var _ = socket;

        Assert.Contains("Sec-WebSocket-Protocol: sip\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task S2_one_message_is_one_message_and_is_answered_in_its_kind(WebSocketMessageType kind)
    {
        _host.Receiver.OnEach = (flow, _) => flow.Send("SIP/2.0 200 OK\r\n\r\n"u8);
        using var browser = await _host.Connect();
        await Send(browser, TransportBench.Options("c1"), kind);
        await Send(browser, TransportBench.Options("c2"), kind);

        Assert.Equal(("SIP/2.0 200 OK\r\n\r\n", kind), await Receive(browser));
        Assert.Equal(("SIP/2.0 200 OK\r\n\r\n", kind), await Receive(browser));
        var (what, flow) = await _host.Receiver.Next();
        Assert.Equal("Options c1", what);
        Assert.Equal(SipTransportProtocol.Ws, flow.Protocol);
        Assert.Equal("Options c2", (await _host.Receiver.Next()).What);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\n", true)]
    [InlineData("", true)]
    [InlineData("Content-Length: 3\r\n", false)]
    [InlineData("Content-Length: 5\r\n", false)]
    public async Task S2_Content_Length_may_be_absent_but_not_wrong_and_a_wrong_one_costs_the_message_only(string header, bool isRight)
    {
        using var browser = await _host.Connect();
        var text = Encoding.ASCII.GetString(TransportBench.Options("c1")).Replace("Content-Length: 0\r\n", header, StringComparison.Ordinal) + "body";
        await Send(browser, Encoding.ASCII.GetBytes(text));
        await Send(browser, TransportBench.Options("c2"));

        Assert.Equal(isRight ? "Options c1" : "malformed BadContentLength", (await _host.Receiver.Next()).What);
        Assert.Equal("Options c2", (await _host.Receiver.Next()).What);
    }

    [Fact]
    public async Task A_message_in_fragments_is_one_message()
    {
        using var browser = await _host.Connect();
        var pieces = TransportBench.Options("c1", 500).Chunk(100).ToArray();
        foreach (var piece in pieces)
            await browser.SendAsync(piece, WebSocketMessageType.Text, piece == pieces[^1], CancellationToken.None);

        Assert.Equal("Options c1", (await _host.Receiver.Next()).What);
    }

    [Fact]
    public async Task S6_a_double_CRLF_is_answered_by_one_and_a_ping_by_a_pong()
    {
        using var browser = await _host.ConnectRaw();
        await browser.SendAsync(ClientFrames.Text("\r\n\r\n"));
        Assert.Equal("\u0081\u0002\r\n", Latin(await ReceiveBytes(browser, 4)));
        await browser.SendAsync(ClientFrames.Frame(WebSocketOpcode.Ping, "ab"u8.ToArray()));
        Assert.Equal("\u008A\u0002ab", Latin(await ReceiveBytes(browser, 4)));
    }

    [Fact]
    public async Task S6_a_silent_browser_is_pinged_and_given_up_when_it_does_not_answer()
    {
        using var browser = await _host.ConnectRaw();
        await browser.SendAsync(ClientFrames.Text(Encoding.ASCII.GetString(TransportBench.Options("c1"))));
        await _host.Receiver.Next();

        _host.Clock.Advance(TimeSpan.FromSeconds(32));
        Assert.Equal("\u0089\0", Latin(await ReceiveBytes(browser, 2)));
        byte[] alive = [.. ClientFrames.Frame(WebSocketOpcode.Pong, []), .. ClientFrames.Text("\r\n\r\n")];
        await browser.SendAsync(alive);
        Assert.Equal("\u0081\u0002\r\n", Latin(await ReceiveBytes(browser, 4)));

        _host.Clock.Advance(TimeSpan.FromSeconds(32));
        Assert.Equal("\u0089\0", Latin(await ReceiveBytes(browser, 2)));

        Assert.Equal("closed", (await _host.Receiver.NextAfter(_host.Clock, TimeSpan.FromSeconds(12))).What);
    }

    [Fact]
    public async Task A_message_too_big_is_closed_with_1009()
    {
        using var browser = await _host.Connect();
        await Send(browser, TransportBench.Options("c1", 70_000));

        Assert.Null((await Receive(browser)).Text);
        Assert.Equal((WebSocketCloseStatus)1009, browser.CloseStatus);
        await browser.CloseAsync(WebSocketCloseStatus.MessageTooBig, null, CancellationToken.None).WaitAsync(TransportBench.Soon);
        Assert.Equal("closed", (await _host.Receiver.Next()).What);
    }

    [Fact]
    public async Task A_browser_that_says_goodbye_is_answered_and_its_flow_ends()
    {
        using var browser = await _host.Connect();
        await Send(browser, TransportBench.Options("c1"));
        var (_, flow) = await _host.Receiver.Next();
        await browser.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TransportBench.Soon);

        Assert.Equal(WebSocketState.Closed, browser.State);
        Assert.Equal(("closed", flow), await _host.Receiver.Next());
    }

    [Fact]
    public async Task A_flow_closed_from_here_says_goodbye_after_what_is_queued()
    {
        using var browser = await _host.Connect();
        await Send(browser, TransportBench.Options("c1"));
        var (_, flow) = await _host.Receiver.Next();
        flow.Send("last words"u8);
        flow.Close();

        Assert.Equal("last words", (await Receive(browser)).Text);
        Assert.Null((await Receive(browser)).Text);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, browser.CloseStatus);
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye_and_does_not_wait()
    {
        using var browser = await _host.Connect();
        await Send(browser, TransportBench.Options("c1"));
        await _host.Receiver.Next();
        await _host.Stop();

        Assert.Equal("closed", (await _host.Receiver.Next()).What);
    }

    [Fact]
    public async Task A_WebSocket_without_a_message_is_cut_after_the_first_message_time()
    {
        using var browser = await _host.ConnectRaw();
        await browser.SendAsync(ClientFrames.Text("\r\n\r\n"));
        await ReceiveBytes(browser, 4);

        Assert.Equal("closed", (await _host.Receiver.NextAfter(_host.Clock, TimeSpan.FromSeconds(12))).What);
    }

    [Theory]
    [InlineData("a fragment that never ends")]
    [InlineData("a payload that never ends")]
    [InlineData("a header that never ends")]
    public async Task What_begins_and_never_ends_is_cut_after_the_message_time(string what)
    {
        using var browser = await _host.ConnectRaw();
        await browser.SendAsync(ClientFrames.Text(Encoding.ASCII.GetString(TransportBench.Options("c1"))));
        await _host.Receiver.Next();
        var begin = what switch
        {
            "a fragment that never ends" => ClientFrames.Text("OPTIONS", isFinal: false),
            "a payload that never ends" => [.. ClientFrames.Head(WebSocketOpcode.Text, 1_000), 1, 2],
            _ => [0x81],
        };
        // The answer shows that what follows it in the same segment has been looked at.
        byte[] both = [.. ClientFrames.Frame(WebSocketOpcode.Ping, []), .. begin];
        await browser.SendAsync(both);
        await ReceiveBytes(browser, 2);

        Assert.Equal("closed", (await _host.Receiver.NextAfter(_host.Clock, TimeSpan.FromSeconds(12))).What);
    }

    [Fact]
    public async Task More_WebSockets_from_one_address_than_allowed_are_refused()
    {
        using var first = await _host.ConnectRaw();
        using var second = await _host.ConnectRaw();
        using var third = await _host.ConnectRaw();
        var (fourth, answer) = await _host.Ask(WebSocketHost.Opening);
        fourth.Dispose();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Equal(3, _host.Layer.Connections);
    }

    [Fact]
    public async Task A_browser_that_does_not_read_is_closed_instead_of_filling_memory()
    {
        using var browser = await _host.ConnectRaw();
        await browser.SendAsync(ClientFrames.Text(Encoding.ASCII.GetString(TransportBench.Options("c1"))));
        var (_, flow) = await _host.Receiver.Next();
        var message = new byte[32 << 10];
        var sent = 0;
        while (flow.Send(message))
            Assert.True(++sent < 100_000, "Sending never met the limit.");

        Assert.Equal(("closed", flow), await _host.Receiver.Next());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WSS_carries_SIP_over_every_HTTP_that_browsers_speak(string version)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate) },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var browser = new ClientWebSocket();
        browser.Options.AddSubProtocol("sip");
        browser.Options.HttpVersion = Version.Parse(version);
        browser.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await browser.ConnectAsync(new Uri($"wss://localhost:{_host.Https.Port}/ws"), invoker, CancellationToken.None).WaitAsync(TransportBench.Soon);
        _host.Receiver.OnEach = (flow, _) => flow.Send("SIP/2.0 200 OK\r\n\r\n"u8);
        await Send(browser, TransportBench.Options("c1"));

        Assert.Equal("sip", browser.SubProtocol);
        Assert.Equal("SIP/2.0 200 OK\r\n\r\n", (await Receive(browser)).Text);
        var (what, flow) = await _host.Receiver.Next();
        Assert.Equal("Options c1", what);
        Assert.Equal(SipTransportProtocol.Wss, flow.Protocol);
        Assert.Equal(_host.Https.Port, flow.Local.Port);
        browser.Abort();
        Assert.Equal(("closed", flow), await _host.Receiver.Next());
    }

    private bool IsOurs(X509Certificate? certificate) => certificate?.GetCertHashString() == _certificate.GetCertHashString();

    private static Task Send(ClientWebSocket browser, byte[] message, WebSocketMessageType kind = WebSocketMessageType.Text) =>
        browser.SendAsync(message, kind, endOfMessage: true, CancellationToken.None).WaitAsync(TransportBench.Soon);

    /// <summary>The next message, or null when the server says goodbye.</summary>
    private static async Task<(string? Text, WebSocketMessageType Kind)> Receive(ClientWebSocket browser)
    {
        var buffer = new byte[65_536];
        var result = await browser.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TransportBench.Soon);
        var isMessage = result.MessageType != WebSocketMessageType.Close;
        return (isMessage ? Encoding.UTF8.GetString(buffer, 0, result.Count) : null, result.MessageType);
    }

    private static async Task<byte[]> ReceiveBytes(Socket socket, int count)
    {
        var bytes = new byte[count];
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(TransportBench.Soon);
        return bytes;
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
