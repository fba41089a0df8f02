using System.Buffers;
using System.Net;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>A connection that carries SIP: frames what comes, queues what goes, and obeys the time limits that the layer's heartbeat checks.</summary>
internal sealed class StreamFlow : SipFlow, IThreadPoolWorkItem
{
    /// <summary>More than most messages have.</summary>
    private const int InitialScratch = 4_096;

    /// <summary>What a thread parses in: connections have none of their own, since most of them are idle.</summary>
    [ThreadStatic]
    private static (SipMessage Message, byte[] Buffer)? _scratch;

    private readonly StreamEndpoint _endpoint;
    private readonly SipTransportLayer _layer;
    private readonly SipStreamFramer _framer;
    private readonly OutgoingQueue _outgoing;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _opened;
    private long _lastActivity;
    private long _messageBegan;
    private long _writeBegan;
    private bool _hadMessage;
    private volatile bool _isClosed;

    public StreamFlow(StreamEndpoint endpoint, SipTransportLayer layer)
        : base(endpoint.Protocol, endpoint.Remote)
    {
        _endpoint = endpoint;
        _layer = layer;
        _framer = new SipStreamFramer(layer.Limits);
        _outgoing = new OutgoingQueue(layer.Options.MaxQueuedBytes);
        _opened = _lastActivity = layer.Time.GetTimestamp();
    }

    public override IPEndPoint Local => _endpoint.Local;

    public override bool IsOpen => !_isClosed;

    public string? ServerName => _endpoint.ServerName;

    /// <summary>Completes when nothing is left of the connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Timestamp of the last byte in either direction.</summary>
    public long LastActivity => Volatile.Read(ref _lastActivity);

    protected override string? AdvertisedHost => _layer.Options.AdvertisedHost;

    protected override int ListeningPort => _endpoint.IsIncoming ? Local.Port
        : Protocol == SipTransportProtocol.Tls ? _layer.Options.TlsPort : _layer.Options.TcpPort;

    public override bool Send(ReadOnlySpan<byte> message)
    {
        if (!_outgoing.TryAppend(message, out var startWriter, out var isOverfull))
        {
            if (isOverfull)
                Abort(StreamEnd.PeerTooSlow);
            return false;
        }

        Volatile.Write(ref _lastActivity, _layer.Time.GetTimestamp());
        if (startWriter)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
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
    }

    /// <summary>Cuts the connection without sending what is queued.</summary>
    public void Abort(StreamEnd reason)
    {
        if (_isClosed)
            return;

        _isClosed = true;
        _layer.OnAborted(this, reason);
        _endpoint.Abort();
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteQueued();

    private bool Exceeds(long since, long now, TimeSpan limit) => since != 0 && _layer.Time.GetElapsedTime(since, now) > limit;

    private async Task ReadMessages()
    {
        var input = _endpoint.Pipe.Input;
        while (!_isClosed)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            Volatile.Write(ref _lastActivity, _layer.Time.GetTimestamp());
            var rest = result.Buffer;
            var isValid = TakeFrames(ref rest);
            NoteMessageBegin(!rest.IsEmpty);
            input.AdvanceTo(rest.Start, rest.End);
            if (!isValid || result.IsCompleted)
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

    private bool TakeFrames(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var frame = _framer.Read(buffer, out var length);
            var bytes = buffer.Slice(0, length);
            switch (frame)
            {
                case SipFrame.NeedMore:
                    return true;
                case SipFrame.Invalid:
                    Take(bytes, _framer.Error);
                    return false;
                case SipFrame.Message:
                    Take(bytes, SipParseError.None);
                    _messageBegan = 0;
                    break;
                case SipFrame.Ping:
                    // RFC 5626 §3.5.1: the pong is a single CRLF.
                    Send("\r\n"u8);
                    break;
            }
            buffer = buffer.Slice(length);
        }
    }

    private void Take(ReadOnlySequence<byte> bytes, SipParseError framing)
    {
        _hadMessage = true;
        var (message, buffer) = _scratch ??= (new SipMessage { IsLent = true }, new byte[InitialScratch]);
        if (buffer.Length < bytes.Length)
            _scratch = (message, buffer = new byte[bytes.Length]);
        bytes.CopyTo(buffer);
        var isParsed = message.TryParse(buffer.AsMemory(0, (int)bytes.Length), _layer.Limits, out var error);
        // A fault of the framing is the one that matters: without it the boundary of every later message is lost.
        _layer.Deliver(this, message, framing != SipParseError.None ? framing : isParsed ? SipParseError.None : error);
    }

    private async Task WriteQueued()
    {
        try
        {
            while (_outgoing.Take() is { } bytes)
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

        if (_isClosed)
            _drained.TrySetResult();
    }

    private async Task End()
    {
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
