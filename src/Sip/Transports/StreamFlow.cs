using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>A connection that carries SIP: frames what comes, queues what goes, and obeys the time limits that the layer's heartbeat checks.</summary>
internal sealed class StreamFlow : SipFlow, IThreadPoolWorkItem
{
    private readonly StreamEndpoint _endpoint;
    private readonly SipTransportLayer _layer;
    private readonly StreamFraming _framing;
    private readonly StreamKeepAlive? _keepAlive;
    private readonly OutgoingQueue _outgoing;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _opened;
    private long _lastActivity;
    private long _lastReceived;
    private long _messageBegan;
    private long _writeBegan;
    private bool _hadMessage;
    private bool _isFarewellSaid;
    private volatile bool _isAborted;
    private volatile bool _isClosed;

    public StreamFlow(StreamEndpoint endpoint, SipTransportLayer layer)
        : base(endpoint.Protocol, endpoint.Remote)
    {
        _endpoint = endpoint;
        _layer = layer;
        _framing = endpoint.Framing ?? new SipStreamFraming(layer.Limits);
        _keepAlive = StreamKeepAlive.For(endpoint, _framing, layer);
        _outgoing = new OutgoingQueue(layer.Options.MaxQueuedBytes);
        _opened = _lastActivity = _lastReceived = layer.Time.GetTimestamp();
    }

    public override IPEndPoint Local => _endpoint.Local;

    public override bool IsOpen => !_isClosed;

    public override bool IsPeersOwn => _endpoint.IsIncoming;

    public string? ServerName => _endpoint.ServerName;

    public ServerTrust? Trust => _endpoint.Trust;

    public override ImmutableArray<string> PeerNames => _endpoint.PeerNames;

    public override bool OffersAlias => _endpoint.IsMutual;

    /// <summary>What it is found by because its peer offered it (RFC 5923); the flow table's.</summary>
    public FlowKey[] Aliases { get; set; } = [];

    /// <summary>Completes when nothing is left of the connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Timestamp of the last byte in either direction.</summary>
    public long LastActivity => Volatile.Read(ref _lastActivity);

    protected override string? AdvertisedHost => _layer.Options.AdvertisedHostOf(Remote.AddressFamily);

    protected override int ListeningPort => _endpoint.IsIncoming ? Local.Port
        : Protocol == SipTransportProtocol.Tls ? _layer.Options.TlsPort : _layer.Options.TcpPort;

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        Span<byte> head = stackalloc byte[StreamFraming.MaxHeadBytes];
        if (!Queue(head[.._framing.WriteHead(message, head)], message))
            return false;

        Volatile.Write(ref _lastActivity, _layer.Time.GetTimestamp());
        return true;
    }

    public override void Close()
    {
        _isClosed = true;
        _endpoint.Pipe.Input.CancelPendingRead();
    }

    /// <summary>Serves the connection until it ends; then nothing of it is left but its <see cref="ISipReceiver.OnClosed"/>.</summary>
    public async Task Run()
    {
        try
        {
            await ReadMessages().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The one edge of a connection: whatever fails costs this connection only.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _layer.OnStreamFault(this, e);
            _isClosed = true;
        }

        await End().ConfigureAwait(false);
    }

    /// <summary>Called by the layer's heartbeat.</summary>
    public void CheckTime(long now)
    {
        var options = _layer.Options;
        if (_endpoint.IsIncoming && !_hadMessage && Exceeds(_opened, now, options.FirstMessageTimeout))
            Abort(StreamEnd.NoFirstMessage);
        else if (Exceeds(Volatile.Read(ref _messageBegan), now, options.MessageTimeout))
            Abort(StreamEnd.SlowMessage);
        else if (Exceeds(Volatile.Read(ref _writeBegan), now, options.WriteTimeout))
            Abort(StreamEnd.PeerTooSlow);
        else if (Exceeds(LastActivity, now, options.IdleTimeout))
            Abort(StreamEnd.Idle);
        else
            KeepAlive(now);
    }

    /// <summary>Cuts the connection without sending what is queued.</summary>
    public void Abort(StreamEnd reason)
    {
        if (_isClosed)
            return;

        _isAborted = _isClosed = true;
        _layer.OnAborted(this, reason);
        _endpoint.Abort();
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteQueued();

    private bool Exceeds(long since, long now, TimeSpan limit) => since != 0 && _layer.Time.GetElapsedTime(since, now) > limit;

    private void KeepAlive(long now)
    {
        switch (_keepAlive?.Check(Volatile.Read(ref _lastReceived), now))
        {
            case StreamKeepAlive.Verdict.Ask:
                Queue([], _framing.Ping);
                break;
            case StreamKeepAlive.Verdict.Gone:
                Abort(StreamEnd.NoPong);
                break;
        }
    }

    /// <summary>Puts bytes into the connection as they are; an overfull queue ends it.</summary>
    private bool Queue(ReadOnlySpan<byte> head, ReadOnlySpan<byte> bytes)
    {
        if (!_outgoing.TryAppend(head, bytes, out var startWriter, out var isOverfull))
        {
            if (isOverfull)
                Abort(StreamEnd.PeerTooSlow);
            return false;
        }

        if (startWriter)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    private async Task ReadMessages()
    {
        var input = _endpoint.Pipe.Input;
        while (!_isClosed)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            Volatile.Write(ref _lastReceived, _layer.Time.GetTimestamp());
            Volatile.Write(ref _lastActivity, _lastReceived);
            _keepAlive?.OnReceived();
            var rest = result.Buffer;
            var goesOn = TakeFrames(ref rest);
            NoteMessageBegin(!rest.IsEmpty || _framing.IsMidMessage);
            input.AdvanceTo(rest.Start, rest.End);
            if (!goesOn || result.IsCompleted)
                return;
        }
    }

    private void NoteMessageBegin(bool isPartial)
    {
        if (!isPartial)
            Volatile.Write(ref _messageBegan, 0);
        else if (_messageBegan == 0)
            Volatile.Write(ref _messageBegan, _lastActivity);
    }

    /// <summary>Handles the whole frames in a buffer; false when the connection is to end.</summary>
    private bool TakeFrames(ref ReadOnlySequence<byte> buffer)
    {
        var scratch = StreamScratch.OfThread;
        while (true)
        {
            switch (_framing.Read(ref buffer, scratch))
            {
                case SipFrame.NeedMore:
                    return true;
                case SipFrame.Message:
                    Take(scratch, SipParseError.None);
                    _messageBegan = 0;
                    break;
                case SipFrame.Ping:
                    // RFC 5626 §3.5.1: the pong is a single CRLF.
                    Send("\r\n"u8);
                    break;
                case SipFrame.Blank:
                    _keepAlive?.OnPong();
                    break;
                case SipFrame.Control:
                    Queue([], scratch.Content.Span);
                    break;
                case SipFrame.Invalid:
                    Take(scratch, _framing.Error);
                    return false;
                case SipFrame.Closed:
                    Queue([], scratch.Content.Span);
                    _isFarewellSaid = true;
                    return false;
            }
        }
    }

    private void Take(StreamScratch scratch, SipParseError framing)
    {
        var isFirst = !_hadMessage;
        _hadMessage = true;
        var message = scratch.Message;
        var isParsed = message.TryParse(scratch.Content, _layer.Limits, out var error);
        // RFC 7118 §5: where the frame bounds the message, a Content-Length that is there must say the same.
        if (isParsed && _framing.BoundsMessages && message.Bytes.Length < scratch.Content.Span.TrimStart("\r\n"u8).Length)
            error = SipParseError.BadContentLength;
        // RFC 5923 §6: the offer stands in every request of a connection, so the first one tells.
        if (isParsed && isFirst && _endpoint.IsIncoming && Protocol is SipTransportProtocol.Tcp or SipTransportProtocol.Tls)
            _layer.OfferAliases(this, message);
        // A fault of the framing is the one that matters: without it the boundary of every later message is lost.
        _layer.Deliver(this, message, framing != SipParseError.None ? framing : error);
    }

    private async Task WriteQueued()
    {
        var isLast = false;
        try
        {
            while (_outgoing.Take(out isLast) is { } bytes)
            {
                Volatile.Write(ref _writeBegan, _layer.Time.GetTimestamp());
                await _endpoint.Pipe.Output.WriteAsync(bytes.WrittenMemory).ConfigureAwait(false);
                _outgoing.Recycle(bytes);
                Volatile.Write(ref _writeBegan, 0);
            }
        }
#pragma warning disable CA1031 // A connection that cannot be written to ends; its reader reports it.
        catch (Exception)
#pragma warning restore CA1031
        {
            _outgoing.Close();
            _drained.TrySetResult();
            Abort(StreamEnd.WriteFailed);
        }

        if (isLast)
            _drained.TrySetResult();
    }

    private async Task End()
    {
        // The peer has no more to say, or said what can't be understood: what it asked before is answered all the same.
        if (!_isClosed)
            await _layer.WhenHandled().ConfigureAwait(false);
        // Cut connections have no one to say goodbye to.
        if (!_isAborted && !_isFarewellSaid && !_framing.Farewell.IsEmpty)
            Queue([], _framing.Farewell);
        _isClosed = true;
        var isWriting = _outgoing.Close();
        if (isWriting)
            await Task.WhenAny(_drained.Task, Task.Delay(_layer.Options.WriteTimeout, _layer.Time)).ConfigureAwait(false);
        _layer.OnEnded(this);
        await _endpoint.Pipe.Input.CompleteAsync().ConfigureAwait(false);
        await _endpoint.Pipe.Output.CompleteAsync().ConfigureAwait(false);
        _ended.TrySetResult();
    }
}
