using System.IO.Pipelines;
using System.Net;
using System.Text;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>RFC 5923: which connections that peers opened serve requests to them.</summary>
public sealed class ConnectionAliasTests : IAsyncLifetime
{
    private static readonly IPEndPoint Listening = IPEndPoint.Parse("192.0.2.7:5071");
    private readonly RecordingReceiver _receiver = new();
    private readonly List<Pipe> _pipes = [];
    private SipTransportLayer _layer = null!;

    public ValueTask InitializeAsync()
    {
        _layer = TransportBench.Layer(_receiver, new SipTransportOptions { TcpAliases = true });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_pipes.Select(pipe => pipe.Writer.CompleteAsync().AsTask()));
        await _layer.DisposeAsync();
    }

    [Fact]
    public async Task A_TLS_connection_serves_the_name_that_its_certificate_bears()
    {
        var flow = await Open(SipTransportProtocol.Tls, "SIP.example.com:5071;alias", "192.0.2.7:40000", "sip.example.com");

        Assert.Same(flow, await _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tls, Listening, "SIP.example.com")));
        Assert.Same(flow, await _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tls, Listening, "SIP.example.com", ServerTrust.System)));
    }

    [Theory]
    [InlineData("sip.example.com:5071;alias", "other.example.com", "its certificate is another's")]
    [InlineData("sip.example.com:5071;alias", "", "it showed none")]
    [InlineData("sip.example.com:5071", "sip.example.com", "nothing is offered")]
    [InlineData("sip.example.com:5072;alias", "sip.example.com", "the port is another")]
    public async Task A_TLS_connection_serves_nobody_elses(string sentBy, string certificate, string why)
    {
        await Open(SipTransportProtocol.Tls, sentBy, "192.0.2.7:40000", certificate);

        Assert.True(await Find(new SipTarget(SipTransportProtocol.Tls, Listening, "sip.example.com")) is null, why);
    }

    [Fact]
    public async Task A_destination_with_authorities_of_its_own_gets_a_connection_that_they_vouched_for()
    {
        await Open(SipTransportProtocol.Tls, "sip.example.com:5071;alias", "192.0.2.7:40000", "sip.example.com");

        Assert.Null(await Find(new SipTarget(SipTransportProtocol.Tls, Listening, "sip.example.com", new ServerTrust("their own"))));
    }

    [Fact]
    public async Task A_TCP_connection_serves_a_port_of_its_own_address_where_that_is_allowed()
    {
        var flow = await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.7:40000");

        Assert.Same(flow, await _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tcp, Listening)));
    }

    [Fact]
    public async Task A_TCP_connection_never_serves_another_address()
    {
        await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.66:40000");

        Assert.False(_layer.TryFindFlow(SipTransportProtocol.Tcp, Listening, out _));
        Assert.False(_layer.TryFindFlow(SipTransportProtocol.Tcp, IPEndPoint.Parse("192.0.2.66:5071"), out _));
    }

    [Fact]
    public async Task TCP_aliases_are_not_taken_by_default()
    {
        await _layer.DisposeAsync();
        _layer = TransportBench.Layer(_receiver);
        await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.7:40000");

        Assert.False(_layer.TryFindFlow(SipTransportProtocol.Tcp, Listening, out _));
    }

    [Fact]
    public async Task Who_came_first_keeps_the_alias_and_the_next_one_gets_it_after_its_end()
    {
        var first = await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.7:40000");
        await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.7:40001");
        Assert.True(_layer.TryFindFlow(SipTransportProtocol.Tcp, Listening, out var found));
        Assert.Same(first, found);

        await _pipes[0].Writer.CompleteAsync();
        Assert.Equal(("closed", first), await _receiver.Next());
        var third = await Open(SipTransportProtocol.Tcp, "192.0.2.7:5071;alias", "192.0.2.7:40002");

        Assert.True(_layer.TryFindFlow(SipTransportProtocol.Tcp, Listening, out found));
        Assert.Same(third, found);
    }

    /// <summary>Looks for a connection without opening one: the address leads nowhere, and nobody waits for that.</summary>
    private async Task<SipFlow?> Find(SipTarget target)
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            return await _layer.OpenFlow(target, now.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<SipFlow> Open(SipTransportProtocol protocol, string sentBy, string remote, string certificate = "")
    {
        var (incoming, outgoing) = (new Pipe(), new Pipe());
        _pipes.Add(incoming);
        var endpoint = new StreamEndpoint(
            protocol, TransportBench.AnyPort, IPEndPoint.Parse(remote), new TwoEnds(incoming.Reader, outgoing.Writer), static () => { })
        {
            IsIncoming = true,
            PeerNames = certificate.Length > 0 ? [certificate] : [],
        };
        _ = _layer.Serve(endpoint, out var flow);
        var text = Encoding.ASCII.GetString(TransportBench.Options("c1"))
            .Replace("SIP/2.0/UDP 192.0.2.1;rport", $"SIP/2.0/{protocol.ToString().ToUpperInvariant()} {sentBy}", StringComparison.Ordinal);
        await incoming.Writer.WriteAsync(Encoding.ASCII.GetBytes(text));
        Assert.Equal("Options c1", (await _receiver.Next()).What);
        return flow!;
    }

    private sealed record TwoEnds(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
