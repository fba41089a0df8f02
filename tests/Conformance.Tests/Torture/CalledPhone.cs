using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>A phone that is always busy: it keeps every INVITE that it gets and answers it with 486.</summary>
internal sealed class CalledPhone : IDisposable
{
    private readonly TorturePeer _peer;
    private readonly ConcurrentQueue<WireMessage> _responses = new();
    private readonly SemaphoreSlim _responded = new(0);
    private int _requests;

    private CalledPhone(TorturePeer peer) => _peer = peer;

    /// <summary>The INVITEs that came, without their repetitions.</summary>
    public ConcurrentDictionary<string, WireMessage> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>What is part of its Contacts and of nobody else's.</summary>
    public string Address => _peer.Local.ToString()!;

    public static async Task<CalledPhone> Register(IPEndPoint server, string domain, string password, params string[] users)
    {
        var phone = new CalledPhone(await TorturePeer.Open("UDP", LoopbackAddress.Take(), server));
        _ = phone.Serve();
        foreach (var user in users)
            await phone.Register(user, domain, password);

        return phone;
    }

    public void Dispose()
    {
        _peer.Dispose();
        _responded.Dispose();
    }

    private async Task Register(string user, string domain, string password)
    {
        var challenge = (await Ask(user, domain, "")).Header("WWW-Authenticate");
        var answer = Testing.Phones.DigestAnswer.To(challenge, "REGISTER", $"sip:{domain}", user, password);
        var registered = await Ask(user, domain, $"Authorization: {answer}\r\n");
        Assert.True(registered.Status == 200, registered.Text);
    }

    private async Task<WireMessage> Ask(string user, string domain, string credentials)
    {
        var number = ++_requests;
        await _peer.Send(string.Create(CultureInfo.InvariantCulture, $"""
            REGISTER sip:{domain} SIP/2.0
            Via: SIP/2.0/UDP {Address};rport;branch=z9hG4bKcalled{number}
            Max-Forwards: 70
            From: <sip:{user}@{domain}>;tag=called
            To: <sip:{user}@{domain}>
            Call-ID: called-{user}-{Address}
            CSeq: {number} REGISTER
            Contact: <sip:{user}@{Address}>
            Expires: 3600
            {credentials}Content-Length: 0


            """).ReplaceLineEndings("\r\n"));
        Assert.True(await _responded.WaitAsync(TimeSpan.FromSeconds(20)), $"No answer to REGISTER {number} of {user}.");
        Assert.True(_responses.TryDequeue(out var response));
        return response;
    }

    private async Task Serve()
    {
        try
        {
            while (await _peer.Receive() is { } message)
                await Take(message);
        }
        catch (Exception e) when (e is ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // The test is over.
        }
        catch (TimeoutException)
        {
            await Serve();
        }
    }

    private async Task Take(WireMessage message)
    {
        if (message.Status > 0)
        {
            _responses.Enqueue(message);
            _responded.Release();
        }
        else if (message.Method != "ACK")
        {
            if (message.Method == "INVITE")
                Calls[message.Header("Call-ID")] = message;
            await _peer.Send(Busy(message));
        }
    }

    private static string Busy(WireMessage request)
    {
        string[] lines =
        [
            "SIP/2.0 486 Busy Here", .. request.Lines("Via").Select(via => $"Via: {via}"), $"From: {request.Header("From")}",
            $"To: {request.Header("To")};tag=busy", $"Call-ID: {request.Header("Call-ID")}", $"CSeq: {request.Header("CSeq")}",
            "Content-Length: 0",
        ];
        return $"{string.Join("\r\n", lines)}\r\n\r\n";
    }
}
