using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>What the system drops for a socket under overload: a share of the REGISTERs that certainly have no credentials.</summary>
public sealed class NewRegisterFilterTests : IAsyncDisposable
{
    private const string Start = "REGISTER sip:example.com SIP/2.0\r\n";

    private readonly RecordingReceiver _receiver = new();
    private readonly SipTransportLayer _layer;
    private readonly UdpTransport _udp;
    private readonly Socket _phone = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _sent;

    public NewRegisterFilterTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "The filter is for 64-bit Linux.");
        _layer = TransportBench.Layer(_receiver);
        _udp = _layer.BindUdp(TransportBench.AnyPort);
        _phone.Connect(_udp.Bound);
    }

    public ValueTask DisposeAsync()
    {
        _phone.Dispose();
        return _layer.DisposeAsync();
    }

    [Fact]
    public async Task A_REGISTER_without_credentials_is_dropped_and_counted_until_none_are_to_be()
    {
        Assert.True(_udp.TryShed(1));
        Send($"{Start}{Headers()}\r\n");
        Send($"{Start}{Headers()}\r\n");
        Assert.True(await Passes($"OPTIONS sip:example.com SIP/2.0\r\n{Headers("OPTIONS")}\r\n"));
        Assert.Equal((2, 0), (_udp.Shed, _udp.Dropped));

        Assert.True(_udp.TryShed(0));
        Assert.True(await Passes($"{Start}{Headers()}\r\n"));
        Assert.Equal(2, _udp.Shed);
    }

    [Theory]
    [InlineData("INVITE sip:102@example.com SIP/2.0\r\n", "INVITE")]
    [InlineData("BYE sip:102@example.com SIP/2.0\r\n", "BYE")]
    [InlineData("ACK sip:102@example.com SIP/2.0\r\n", "ACK")]
    [InlineData("CANCEL sip:102@example.com SIP/2.0\r\n", "CANCEL")]
    [InlineData("SIP/2.0 200 OK\r\n", "REGISTER")]
    public async Task Nothing_else_is_dropped(string start, string method)
    {
        Assert.True(_udp.TryShed(1));
        Assert.True(await Passes($"{start}{Headers(method)}\r\n"));
        Assert.Equal(0, _udp.Shed);
    }

    /// <summary>RFC 3261 §7.3.1: names of headers are read in any case, and white space may stand before the colon.</summary>
    [Fact]
    public void One_with_credentials_passes_wherever_they_stand_and_however_they_are_written()
    {
        Assert.True(_udp.TryShed(1));
        Prop.ForAll(
            Gen.Choose(0, 1_100).ToArbitrary(), Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(0, (1 << 13) - 1).ToArbitrary(), (before, after, capitals) =>
            {
                var name = string.Concat("authorization".Select((c, i) => (capitals & (1 << i)) != 0 ? char.ToUpperInvariant(c) : c));
                return Passes($"{Start}X: {new string('x', before)}\r\n{Headers()}{name} : Digest x=\"1\"\r\nY: {new string('y', after)}\r\n\r\n").Result;
            }).QuickCheckThrowOnFailure();
        Assert.Equal(0, _udp.Shed);
    }

    /// <summary>What ends as "authorization" does stands in the Allow and Accept of most phones (RFC 3261 §10.2).</summary>
    [Fact]
    public async Task One_that_allows_OPTIONS_and_accepts_applications_is_dropped_wherever_that_stands()
    {
        Assert.True(_udp.TryShed(1));
        for (var before = 0; before < 30; before++)
            Send($"{Start}X: {new string('x', before)}\r\n{Headers()}Allow: INVITE, OPTIONS, NOTIFY\r\nAccept: application/sdp\r\nSupported: subscription\r\n\r\n");

        Assert.True(await Passes($"OPTIONS sip:example.com SIP/2.0\r\n{Headers("OPTIONS")}\r\n"));
        Assert.Equal(30, _udp.Shed);
    }

    [Fact]
    public async Task One_longer_than_what_is_searched_passes()
    {
        Assert.True(_udp.TryShed(1));
        Assert.True(await Passes($"{Start}{Headers()}Y: {new string('y', NewRegisterFilter.Searched)}\r\n\r\n"));
    }

    [Fact]
    public async Task A_share_is_dropped_at_random()
    {
        const int Many = 1_000;
        Assert.True(_udp.TryShed(0.5));
        for (var i = 0; i < Many; i++)
            Send($"{Start}{Headers()}\r\n");

        // The last one comes through, and with it all that did before.
        Assert.True(await Passes($"OPTIONS sip:example.com SIP/2.0\r\n{Headers("OPTIONS")}\r\n"));
        // One in 10^20 runs is outside.
        Assert.InRange(_udp.Shed, 350, 650);
        Assert.Equal(Many + 1 - _udp.Shed, _udp.Received);
    }

    private string Headers(string method = "REGISTER") =>
        $"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776;rport\r\nMax-Forwards: 70\r\nFrom: <sip:101@example.com>;tag=1\r\n"
        + $"To: <sip:101@example.com>\r\nCall-ID: {++_sent}\r\nCSeq: 1 {method}\r\nContact: <sip:101@192.0.2.1>\r\nExpires: 3600\r\nContent-Length: 0\r\n";

    private void Send(string text) => _phone.Send(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends it, and one thing that always passes after it; whether it was the first of them to come.</summary>
    private async Task<bool> Passes(string text)
    {
        var callId = $"{_sent}";
        Send(text);
        while (true)
        {
            var (what, _) = await _receiver.Next();
            if (what.EndsWith($" {callId}", StringComparison.Ordinal))
                return true;
        }
    }
}
