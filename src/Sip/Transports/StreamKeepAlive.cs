namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Asks a silent peer for a sign of life: keeps the bindings of NATs and proxies in between, and notices who is gone (RFC 5626 §4.4.1,
/// RFC 7118 §6). Asked by one thread; told by another.
/// </summary>
internal sealed class StreamKeepAlive(TimeSpan silence, TimeSpan patience, bool isAlwaysAnswered, TimeProvider time)
{
    private long _asked;
    private long _lastAsked;
    private volatile bool _isAnswering = isAlwaysAnswered;

    /// <summary>What a look at the clock leads to.</summary>
    public enum Verdict
    {
        /// <summary>Nothing is to be done.</summary>
        Wait,

        /// <summary>Ask now.</summary>
        Ask,

        /// <summary>The peer did not answer, though it is one that answers.</summary>
        Gone,
    }

    /// <summary>
    /// What a connection needs: a WebSocket pings, and so does a connection that this side opened, for the far side keeps alive what it opened
    /// itself (RFC 5626 §4.4). Null for the others.
    /// </summary>
    public static StreamKeepAlive? For(StreamEndpoint endpoint, StreamFraming framing, SipTransportLayer layer)
    {
        var options = layer.Options;
        return framing.IsPingAlwaysAnswered ? new(options.WebSocketPing, options.PongTimeout, isAlwaysAnswered: true, layer.Time)
            : endpoint.IsIncoming ? null
            : new(options.KeepAlive, options.PongTimeout, isAlwaysAnswered: false, layer.Time);
    }

    /// <summary>Called by the heartbeat.</summary>
    public Verdict Check(long lastReceived, long now)
    {
        var asked = Volatile.Read(ref _asked);
        if (asked != 0)
        {
            // A peer that never answered need not know RFC 5626; asking it has kept the way open all the same.
            if (time.GetElapsedTime(asked, now) <= (_isAnswering ? patience : silence))
                return Verdict.Wait;
            if (_isAnswering)
                return Verdict.Gone;
        }
        else if (time.GetElapsedTime(lastReceived, now) <= silence)
        {
            return Verdict.Wait;
        }

        Volatile.Write(ref _lastAsked, now);
        Volatile.Write(ref _asked, now);
        return Verdict.Ask;
    }

    /// <summary>Something came from the peer, an answer or anything else.</summary>
    public void OnReceived() => Volatile.Write(ref _asked, 0);

    /// <summary>A line end or a pong came: soon after a question it shows that the peer is one that answers.</summary>
    public void OnPong()
    {
        var asked = Volatile.Read(ref _lastAsked);
        _isAnswering = _isAnswering || (asked != 0 && time.GetElapsedTime(asked) <= patience);
    }
}
