using System.Globalization;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Origination;

/// <summary>A program that places calls by an account of a domain for origination only, request by request.</summary>
internal sealed class Dialler : IAsyncDisposable
{
    private readonly SipClient _client;
    private readonly string _domain;
    private int _cseq;

    private Dialler(SipClient client, string domain, string account)
    {
        _client = client;
        _domain = domain;
        Account = account;
        Password = TestTenant.PasswordOf(account);
    }

    public string Account { get; }

    public string Password { get; set; }

    /// <summary>The codecs of its offers, as lines of session description.</summary>
    public string Offer { get; set; } = "m=audio 40000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n";

    public static async Task<Dialler> Connect(HostProcess host, TestTenant tenant, string account, string transport = "UDP") =>
        new(await SipClient.Connect(transport, host.Ports.Sip), tenant.Domain, account);

    /// <summary>A request without credentials, and with them when it is challenged.</summary>
    public async Task<SipAnswer> Do(string method, string number = GuideFixture.Number, string more = "")
    {
        var answer = await Ask(method, number, more: more);
        return answer.Status == 401 ? await Ask(method, number, answer, more) : answer;
    }

    /// <summary>A request, with an answer to a challenge when there was one; a refused INVITE is acknowledged.</summary>
    public async Task<SipAnswer> Ask(string method, string number = GuideFixture.Number, SipAnswer? challenge = null, string more = "")
    {
        var credentials = challenge is null ? "" : $"Authorization: {Answer(method, number, challenge.Header("WWW-Authenticate")!)}\n";
        return await Ask(method, number, credentials + more);
    }

    /// <summary>The same with a realm that was typed instead of taken from the challenge.</summary>
    public async Task<SipAnswer> AskWithRealm(string method, string realm, SipAnswer challenge)
    {
        var typed = challenge.Header("WWW-Authenticate")!.Replace($"realm=\"{_domain}\"", $"realm=\"{realm}\"", StringComparison.Ordinal);
        return await Ask(method, GuideFixture.Number, $"Authorization: {Answer(method, GuideFixture.Number, typed)}\n");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private string Answer(string method, string number, string challenge) =>
        DigestAnswer.To(challenge, method, Uri(method, number), Account, Password);

    private async Task<SipAnswer> Ask(string method, string number, string headers)
    {
        var (via, callId, cseq) = (_client.Via(), $"{Guid.NewGuid():N}", ++_cseq);
        var body = method == "INVITE" ? $"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\n{Offer}".ReplaceLineEndings("\r\n") : "";
        var type = body.Length > 0 ? "Content-Type: application/sdp\n" : "";
        await _client.Send(Write(method, number, callId, via, cseq, $"{headers}{type}Contact: <sip:{Account}@{_client.Address}>\n", body));
        var answer = await _client.Receive();
        while (answer.Status < 200 || Cseq(answer) != cseq)
            answer = await _client.Receive();

        if (method == "INVITE")
            await _client.Send(Write("ACK", number, callId, via, cseq, "", "", answer.Header("To")));
        return answer;
    }

    private static int Cseq(SipAnswer answer) => int.Parse(answer.Header("CSeq")!.Split(' ')[0], CultureInfo.InvariantCulture);

    private string Uri(string method, string number) => method is "REGISTER" or "OPTIONS" ? $"sip:{_domain}" : $"sip:{number}@{_domain}";

    private string Write(string method, string number, string callId, string via, int cseq, string more, string body, string? to = null) => $"""
        {method} {Uri(method == "ACK" ? "INVITE" : method, number)} SIP/2.0
        {via}
        Max-Forwards: 70
        From: <sip:{Account}@{_domain}>;tag=f
        To: {to ?? (method == "REGISTER" ? $"<sip:{Account}@{_domain}>" : $"<sip:{number}@{_domain}>")}
        Call-ID: {callId}
        CSeq: {cseq} {method}
        {more}Content-Length: {body.Length}

        {body}
        """;
}
