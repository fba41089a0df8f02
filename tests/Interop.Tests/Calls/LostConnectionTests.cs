using System.Net;
using System.Net.Sockets;
using System.Text;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>A caller whose connection is gone when its call is answered (RFC 3261 §18.2.2).</summary>
public sealed class LostConnectionTests(HostFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_answer_comes_by_a_connection_to_the_port_that_the_caller_named()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "lost");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        using var deadline = new CancellationTokenSource(Soon);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var callee = await SipClient.Connect("UDP", fixture.Host.Ports.Sip);
        var register = await Ask(callee, tenant, "REGISTER", "1002", callee.Address, $"Contact: <sip:1002@{callee.Address}>\n");
        Assert.Equal(200, register.Status);

        string invite;
        await using (var caller = await SipClient.Connect("TCP", fixture.Host.Ports.Sip))
        {
            var trying = await Ask(
                caller, tenant, "INVITE", "1001", listener.LocalEndpoint.ToString()!, $"Contact: <sip:1001@{listener.LocalEndpoint};transport=tcp>\n");
            Assert.Equal(100, trying.Status);
            invite = (await callee.Receive()).Text;
            await callee.Send(SipAnswer.To(invite, 180));
            Assert.Equal(180, (await caller.Receive()).Status);
        }

        using var anew = await listener.AcceptTcpClientAsync(deadline.Token);
        await callee.Send(SipAnswer.To(invite, 486));

        var refusal = await ReadMessage(anew.GetStream(), deadline.Token);
        Assert.StartsWith("SIP/2.0 486 ", refusal, StringComparison.Ordinal);
        // What was repeated before it was answered comes first.
        while (!(await callee.Receive()).Text.StartsWith("ACK ", StringComparison.Ordinal))
            Assert.False(deadline.IsCancellationRequested);
        await anew.GetStream().WriteAsync(Encoding.ASCII.GetBytes(AckOf(refusal, tenant)), deadline.Token);
    }

    /// <summary>Sends a request, and once more with credentials when it is challenged; the first answer to that.</summary>
    private static async Task<SipAnswer> Ask(SipClient client, TestTenant tenant, string method, string number, string sentBy, string headers)
    {
        var callId = $"{Guid.NewGuid():N}";
        var challenge = await client.Ask(Write(client, tenant, method, number, sentBy, callId, 1, headers));
        var (asked, answered) = challenge.Status == 401 ? ("WWW-Authenticate", "Authorization") : ("Proxy-Authenticate", "Proxy-Authorization");
        var uri = Uri(method, tenant);
        var credentials = DigestAnswer.To(challenge.Header(asked)!, method, uri, number, TestTenant.PasswordOf(number));
        return await client.Ask(Write(client, tenant, method, number, sentBy, callId, 2, $"{answered}: {credentials}\n{headers}"));
    }

    private static string Uri(string method, TestTenant tenant) => method == "REGISTER" ? $"sip:{tenant.Domain}" : $"sip:1002@{tenant.Domain}";

    private static string Write(
        SipClient client, TestTenant tenant, string method, string number, string sentBy, string callId, int cseq, string headers) => $"""
        {method} {Uri(method, tenant)} SIP/2.0
        Via: SIP/2.0/{client.Transport} {sentBy};branch=z9hG4bK{Guid.NewGuid():N}
        Max-Forwards: 70
        From: <sip:{number}@{tenant.Domain}>;tag=f
        To: <sip:{(method == "REGISTER" ? number : "1002")}@{tenant.Domain}>
        Call-ID: {callId}
        CSeq: {cseq} {method}
        {headers}Content-Length: 0


        """;

    /// <summary>RFC 3261 §17.1.1.3</summary>
    private static string AckOf(string refusal, TestTenant tenant)
    {
        var answer = new SipAnswer(refusal);
        string[] head =
        [
            $"ACK sip:1002@{tenant.Domain} SIP/2.0", $"Via: {answer.Header("Via")}", "Max-Forwards: 70", $"From: {answer.Header("From")}",
            $"To: {answer.Header("To")}", $"Call-ID: {answer.Header("Call-ID")}", "CSeq: 2 ACK", "Content-Length: 0",
        ];
        return $"{string.Join("\r\n", head)}\r\n\r\n";
    }

    private static async Task<string> ReadMessage(NetworkStream stream, CancellationToken cancel)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer, cancel);
            text += length > 0 ? Encoding.ASCII.GetString(buffer, 0, length) : throw new IOException($"Closed after '{text}'.");
        }

        return text;
    }
}
