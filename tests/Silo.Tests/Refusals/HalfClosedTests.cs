using System.Net;
using System.Net.Sockets;
using System.Text;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>Programs that send what they have, close their direction of the connection and wait for the answers, as scripts do.</summary>
public sealed class HalfClosedTests(HostFixture fixture)
{
    private const int Requests = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense without a length\r\n\r\n")]
    public async Task What_was_asked_before_is_answered(string last)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, fixture.Host.Ports.Sip, TestContext.Current.CancellationToken);
        var requests = string.Concat(Enumerable.Range(1, Requests).Select(Options));
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        await socket.SendAsync(Encoding.ASCII.GetBytes(requests + last), SocketFlags.None);
        socket.Shutdown(SocketShutdown.Send);
        var answers = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(Requests, answers.Split("SIP/2.0 200 OK\r\n").Length - 1);
    }

    private static string Options(int number) => string.Join("\r\n",
        "OPTIONS sip:rig.test SIP/2.0", $"Via: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKhalf{number}", "Max-Forwards: 70",
        "From: <sip:a@rig.test>;tag=1", "To: <sip:rig.test>", $"Call-ID: half-{number}", "CSeq: 1 OPTIONS", "Content-Length: 0", "", "");
}
