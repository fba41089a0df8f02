using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Somebody who is not in the call sends to its media ports (RTP bleed and inject, CVE-2017-14099).</summary>
public sealed partial class StrangerTests(HostFixture fixture)
{
    private const int Packets = 200;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_strangers_audio_reaches_nobody_and_is_counted()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "stranger");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = 1000 });
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await callee.AwaitTone(caller.Account.Hertz, Talk);

        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var port = MediaPortOf(caller.Trace.SkipWhile(line => !line.StartsWith("SIP/2.0 200", StringComparison.Ordinal)));
        for (var i = 0; i < Packets; i++)
            await stranger.SendToAsync(Rtp(i), new IPEndPoint(IPAddress.Loopback, port));

        await callee.AwaitTone(caller.Account.Hertz, 2 * Talk);
        Assert.Equal(0, stranger.Available);
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");
        var media = Assert.Single(await tenant.AwaitHistory()).GetProperty("callerMedia");
        Assert.InRange(media.GetProperty("strangersDropped").GetInt64(), Packets, Packets + 10);
    }

    /// <summary>Silence in PCMU: 20 ms.</summary>
    private static byte[] Rtp(int sequence)
    {
        var packet = new byte[172];
        Array.Fill(packet, (byte)0xFF, 12, 160);
        (packet[0], packet[2], packet[3], packet[11]) = (0x80, (byte)(sequence >> 8), (byte)sequence, 7);
        return packet;
    }

    /// <summary>The port that the host's answer to the call gives, which comes after the answers to the registration.</summary>
    private static int MediaPortOf(IEnumerable<string> trace) => int.Parse(
        trace.Select(line => Audio().Match(line)).Last(match => match.Success).Groups["port"].ValueSpan,
        System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^m=audio (?<port>[0-9]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Audio();
}
