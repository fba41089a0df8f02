using System.Text;
using System.Threading.Channels;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>Hands what transports deliver to a test, in order.</summary>
internal sealed class RecordingReceiver : ISipReceiver
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    private readonly Channel<(string What, SipFlow Flow)> _events = Channel.CreateUnbounded<(string, SipFlow)>();

    /// <summary>Called for each message, on the transport's thread.</summary>
    public Action<SipFlow, SipMessage> OnEach { get; set; } = static (_, _) => { };

    /// <summary>When what came is handled; at once unless a test says otherwise.</summary>
    public Task Handled { get; set; } = Task.CompletedTask;

    public Task WhenHandled() => Handled;

    public void OnMessage(SipFlow flow, SipMessage message)
    {
        OnEach(flow, message);
        _events.Writer.TryWrite(($"{(message.IsRequest ? message.Method : message.StatusCode)} {Encoding.ASCII.GetString(message.CallId)}", flow));
    }

    public void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error)
    {
        OnEach(flow, partial);
        _events.Writer.TryWrite(($"malformed {error}", flow));
    }

    public void OnUnreachable(SipFlow flow) => _events.Writer.TryWrite(("unreachable", flow));

    public void OnClosed(SipFlow flow) => _events.Writer.TryWrite(("closed", flow));

    /// <summary>The next event: <c>Options call-id</c>, <c>malformed …</c> or <c>closed</c>.</summary>
    public async Task<(string What, SipFlow Flow)> Next()
    {
        using var limit = new CancellationTokenSource(Soon);
        return await _events.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next event that is no news of an unreachable peer.</summary>
    public async Task<(string What, SipFlow Flow)> NextMessage()
    {
        var next = await Next();
        while (next.What == "unreachable")
            next = await Next();
        return next;
    }

    /// <summary>
    /// The next event, which time brings: the clock is moved by <paramref name="time"/> and then by seconds, for the connection's own thread may not
    /// have noted yet what the time is counted from.
    /// </summary>
    public async Task<(string What, SipFlow Flow)> NextAfter(FakeClock clock, TimeSpan time)
    {
        clock.Advance(time);
        for (var more = 0; more < 20; more++)
        {
            using var moment = new CancellationTokenSource(Moment);
            try
            {
                return await _events.Reader.ReadAsync(moment.Token);
            }
            catch (OperationCanceledException)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        return await Next();
    }

    public bool TryNext(out (string What, SipFlow Flow) next) => _events.Reader.TryRead(out next);
}
