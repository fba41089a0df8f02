using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace TekSipCloud.Testing.Phones;

/// <summary>
/// A phone for tests that need many, each of which must know what it said: registers, calls and answers over UDP, and talks a tone of G.711. As much
/// of SIP as that takes.
/// </summary>
public sealed partial class TonePhone : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>RFC 3261 §17.1.1.1.</summary>
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<SipAnswer>> _asked = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly string _tag = $"{Guid.NewGuid():N}";
    private readonly string _callId = $"{Guid.NewGuid():N}";
    private readonly PhoneAccount _account;
    private readonly ToneStream _talk;
    private readonly Task _receiving;
    private SipAnswer? _established;
    private int _cseq;

    private TonePhone(PhoneAccount account)
    {
        _account = account;
        _talk = new ToneStream(account.Hertz);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(IPAddress.Loopback, account.ServerPort);
        _receiving = Receive();
    }

    /// <summary>The tone it talks.</summary>
    public int Hertz => _account.Hertz;

    /// <summary>How much it has said in its call.</summary>
    public TimeSpan Said => _talk.Said;

    /// <summary>How much it has heard.</summary>
    public TimeSpan Heard => _talk.Heard;

    /// <summary>One that is registered.</summary>
    public static async Task<TonePhone> Start(PhoneAccount account)
    {
        var phone = new TonePhone(account);
        await phone.Ask("REGISTER", $"sip:{account.Domain}", account.Number, 200);
        return phone;
    }

    /// <summary>Calls a number whose phone answers, and talks.</summary>
    public async Task Call(string number)
    {
        _established = await Ask("INVITE", $"sip:{number}@{_account.Domain}", number, 200);
        await Acknowledge();
        _talk.TalkTo(AudioOf(_established.Text));
    }

    /// <summary>Until it has answered the call that comes; it talks from then on.</summary>
    public Task AwaitCall() => _answered.Task.WaitAsync(Patience);

    /// <summary>Ends the call that it made.</summary>
    public async Task HangUp()
    {
        await Exchange("BYE", ContactOf(_established!), _established!.Header("To")!, "");
        _ended.TrySetResult();
    }

    /// <summary>Until the other party has ended the call.</summary>
    public Task AwaitEnd() => _ended.Task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _receiving;
        await _talk.DisposeAsync();
        _socket.Dispose();
        _end.Dispose();
    }

    /// <summary>Asks without credentials, and with them when it is challenged.</summary>
    private async Task<SipAnswer> Ask(string method, string uri, string to, int wanted)
    {
        to = $"<sip:{to}@{_account.Domain}>";
        var answer = await Exchange(method, uri, to, "");
        if (answer.Status is 401 or 407)
        {
            var (challenge, header) = answer.Status == 401 ? ("WWW-Authenticate", "Authorization") : ("Proxy-Authenticate", "Proxy-Authorization");
            var credentials = DigestAnswer.To(answer.Header(challenge)!, method, uri, _account.Number, _account.Password);
            answer = await Exchange(method, uri, to, $"{header}: {credentials}\n");
        }

        return answer.Status == wanted ? answer : throw new InvalidOperationException($"{_account.Number} asked by {method}:\n{answer.Text}");
    }

    /// <summary>A request, repeated until it is answered for good.</summary>
    private async Task<SipAnswer> Exchange(string method, string uri, string to, string credentials)
    {
        var cseq = $"{++_cseq} {method}";
        var branch = $"z9hG4bK{Guid.NewGuid():N}";
        var request = Write(method, uri, to, cseq, branch, credentials, method == "INVITE" ? Sdp : "");
        var answer = _asked.GetOrAdd(cseq, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        using var timer = new PeriodicTimer(T1, TimeProvider.System);
        for (var sent = TimeSpan.Zero; !answer.IsCompleted; sent += T1)
        {
            if (sent > Patience)
                throw new TimeoutException($"{_account.Number} was not answered: {cseq}");
            await Send(request);
            await Task.WhenAny(answer, timer.WaitForNextTickAsync().AsTask());
        }

        // RFC 3261 §17.1.1.3: the ACK of a refusal has the branch of its INVITE.
        if (method == "INVITE" && (await answer).Status >= 300)
            await Send(Write("ACK", uri, (await answer).Header("To")!, $"{_cseq} ACK", branch, "", ""));
        return await answer;
    }

    private Task Acknowledge() => Send(Write(
        "ACK", ContactOf(_established!), _established!.Header("To")!, _established.Header("CSeq")!.Replace("INVITE", "ACK", StringComparison.Ordinal),
        $"z9hG4bK{Guid.NewGuid():N}", "", ""));

    private async Task Receive()
    {
        var buffer = new byte[65_536];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var length = await _socket.ReceiveAsync(buffer, _end.Token);
                await Take(Encoding.UTF8.GetString(buffer, 0, length));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Told that a server that was killed has no such port any more.
            }
        }
    }

    private async Task Take(string message)
    {
        if (message.StartsWith("INVITE ", StringComparison.Ordinal))
        {
            await Send(Answer(message, Sdp));
            _talk.TalkTo(AudioOf(message));
            _answered.TrySetResult();
        }
        else if (message.StartsWith("BYE ", StringComparison.Ordinal))
        {
            await Send(Answer(message, ""));
            _ended.TrySetResult();
        }
        else if (message.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && new SipAnswer(message) is { Status: >= 200 } answer)
        {
            var isRepeated = _asked.TryGetValue(answer.Header("CSeq")!, out var asked) && !asked.TrySetResult(answer);
            // RFC 3261 §13.2.2.4: each 2xx is acknowledged.
            if (isRepeated && answer.Status < 300 && _established is not null && answer.Header("CSeq") == _established.Header("CSeq"))
                await Acknowledge();
        }
    }

    private string Sdp => $"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {_talk.Port} RTP/AVP 0\na=rtpmap:0 PCMU/8000\n"
        .ReplaceLineEndings("\r\n");

    private string Contact => $"Contact: <sip:{_account.Number}@{_socket.LocalEndPoint}>\n";

    private string Write(string method, string uri, string to, string cseq, string branch, string credentials, string body) =>
        $"{method} {uri} SIP/2.0\nVia: SIP/2.0/UDP {_socket.LocalEndPoint};rport;branch={branch}\nMax-Forwards: 70\n"
        + $"From: <sip:{_account.Number}@{_account.Domain}>;tag={_tag}\nTo: {to}\nCall-ID: {_callId}{(method == "REGISTER" ? "r" : "")}\nCSeq: {cseq}\n"
        + $"{Contact}{credentials}{End(body)}";

    private string Answer(string request, string body)
    {
        var asked = new SipAnswer(request);
        var vias = request.Split("\r\n").Where(line => line.StartsWith("Via:", StringComparison.Ordinal));
        var to = asked.Header("To")!;
        var tagged = to.Contains(";tag=", StringComparison.Ordinal) ? to : $"{to};tag={_tag}";
        return $"SIP/2.0 200 OK\n{string.Join('\n', vias)}\nFrom: {asked.Header("From")}\nTo: {tagged}\nCall-ID: {asked.Header("Call-ID")}\n"
            + $"CSeq: {asked.Header("CSeq")}\n{Contact}{End(body)}";
    }

    private static string End(string body) => $"{(body.Length > 0 ? "Content-Type: application/sdp\n" : "")}Content-Length: {body.Length}\n\n{body}";

    private async Task Send(string message) => await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")));

    private static string ContactOf(SipAnswer answer) => Uris().Match(answer.Header("Contact")!).Groups["uri"].Value;

    private static IPEndPoint AudioOf(string message) => new(
        IPAddress.Parse(Addresses().Match(message).Groups["address"].Value),
        int.Parse(Ports().Match(message).Groups["port"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("<(?<uri>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uris();

    [GeneratedRegex("c=IN IP4 (?<address>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex("m=audio (?<port>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ports();
}
