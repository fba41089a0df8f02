using System.Diagnostics;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>A phone without sound, on a connection (or UDP port) of its own: registers and calls, and says what it was answered and how soon.</summary>
internal sealed class PlainPhone : IAsyncDisposable
{
    private readonly SipClient _client;
    private readonly TestTenant _tenant;
    private readonly string _callId = $"{Guid.NewGuid():N}";
    private int _cseq;

    private PlainPhone(SipClient client, TestTenant tenant, string number)
    {
        _client = client;
        _tenant = tenant;
        Number = number;
    }

    public string Number { get; }

    /// <summary>Every final answer so far, and how long it took.</summary>
    public List<(string Method, int Status, TimeSpan After)> Answers { get; } = [];

    public static async Task<PlainPhone> Connect(HostProcess host, TestTenant tenant, string number, string transport = "TCP") =>
        new(await SipClient.Connect(transport, host.Ports.Sip), tenant, number);

    /// <summary>A REGISTER without credentials, and with them when it is challenged.</summary>
    /// <returns>The last status.</returns>
    public Task<int> Register() => Do("REGISTER", Number, "Authorization", 401);

    /// <summary>An INVITE without credentials, and with them when it is challenged; a refusal is acknowledged.</summary>
    /// <returns>The last status.</returns>
    public Task<int> Invite(string number) => Do("INVITE", number, "Proxy-Authorization", 407);

    /// <summary>Lets every call ring that comes.</summary>
    public async Task Rings(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var request = (await _client.Receive()).Text;
            if (request.StartsWith("INVITE ", StringComparison.Ordinal))
                await _client.Send(SipAnswer.To(request, 180));
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<int> Do(string method, string number, string header, int challengeStatus)
    {
        var callId = method == "REGISTER" ? _callId : $"{Guid.NewGuid():N}";
        var answer = await Ask(method, number, callId, "");
        if (answer.Status == challengeStatus)
        {
            var challenge = answer.Header(header == "Authorization" ? "WWW-Authenticate" : "Proxy-Authenticate")!;
            var credentials = DigestAnswer.To(challenge, method, Uri(method, number), Number, TestTenant.PasswordOf(Number));
            answer = await Ask(method, number, callId, $"{header}: {credentials}\n");
        }

        return answer.Status;
    }

    private async Task<SipAnswer> Ask(string method, string number, string callId, string credentials)
    {
        var (via, cseq) = (_client.Via(), ++_cseq);
        var started = Stopwatch.GetTimestamp();
        var answer = await _client.Ask(Write(method, number, callId, via, cseq, $"{credentials}Contact: <sip:{Number}@{_client.Address};transport={_client.Transport}>\nExpires: 600\n"));
        while (answer.Status < 200)
            answer = await _client.Receive();

        Answers.Add((method, answer.Status, Stopwatch.GetElapsedTime(started)));
        if (method == "INVITE")
            await _client.Send(Write("ACK", number, callId, via, cseq, "", answer.Header("To")));
        return answer;
    }

    private string Uri(string method, string number) => method == "REGISTER" ? $"sip:{_tenant.Domain}" : $"sip:{number}@{_tenant.Domain}";

    private string Write(string method, string number, string callId, string via, int cseq, string more, string? to = null) => $"""
        {method} {Uri(method == "ACK" ? "INVITE" : method, number)} SIP/2.0
        {via}
        Max-Forwards: 70
        From: <sip:{Number}@{_tenant.Domain}>;tag=f
        To: {to ?? $"<sip:{number}@{_tenant.Domain}>"}
        Call-ID: {callId}
        CSeq: {cseq} {method}
        {more}Content-Length: 0


        """;
}
