using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports.WebSockets;

/// <summary>
/// SIP in WebSocket frames, the server's side (RFC 6455, RFC 7118): one message of the one is one of the other. Works on bytes alone; the
/// connection around it gives it the limits of time, and memory, that every connection has.
/// </summary>
internal sealed class WebSocketFraming(SipLimits limits) : StreamFraming
{
    private const int MaxControlBytes = 125;
    private static readonly byte[] PingFrame = [0x89, 0];
    private static readonly byte[] GoingAwayFrame = [0x88, 2, 0x03, 0xE9];

    private WebSocketOpcode _kind;
    private byte[] _fragments = [];
    private int _assembled;
    private long _toSkip;
    private bool _isClosing;
    private volatile bool _speaksBinary;

    /// <inheritdoc/>
    public override bool IsMidMessage => _kind != WebSocketOpcode.Continuation || _isClosing;

    /// <summary>RFC 7118 §5: a message of the one is one of the other.</summary>
    public override bool BoundsMessages => true;

    /// <summary>RFC 6455 §5.5.2: every ping is answered.</summary>
    public override bool IsPingAlwaysAnswered => true;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Ping => PingFrame;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Farewell => _isClosing ? [] : GoingAwayFrame;

    /// <inheritdoc/>
    public override int WriteHead(ReadOnlySpan<byte> message, Span<byte> head)
    {
        // RFC 7118 §5: in the kind that the client uses; what is no UTF-8 can't be text (RFC 6455 §8.1).
        var isText = !_speaksBinary && Utf8.IsValid(message);
        return WebSocketHeader.Write(head, isText ? WebSocketOpcode.Text : WebSocketOpcode.Binary, message.Length);
    }

    /// <inheritdoc/>
    public override SipFrame Read(ref ReadOnlySequence<byte> buffer, StreamScratch content)
    {
        while (TrySkip(ref buffer) && WebSocketHeader.TryRead(buffer, out var header))
        {
            if (FindFault(header) is not WebSocketCloseCode.None and var fault)
                return Refuse(fault, header, ref buffer, content);
            if (_isClosing && !header.IsControl)
            {
                Skip(header, ref buffer);
                continue;
            }

            if (buffer.Length < header.Size + header.Length)
                return SipFrame.NeedMore;

            var payload = buffer.Slice(header.Size, header.Length);
            buffer = buffer.Slice(payload.End);
            var frame = header.IsControl ? TakeControl(header, payload, content) : TakeData(header, payload, content);
            if (frame != SipFrame.NeedMore)
                return frame;
        }

        return SipFrame.NeedMore;
    }

    private WebSocketCloseCode FindFault(in WebSocketHeader header)
    {
        // RFC 6455 §5.1: what a client sends is masked.
        if (!header.IsSound || !header.IsMasked)
            return WebSocketCloseCode.ProtocolError;
        if (header.IsControl)
        {
            var isKnown = header.Opcode is WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong;
            // RFC 6455 §5.5
            return isKnown && header is { IsFinal: true, Length: <= MaxControlBytes } ? WebSocketCloseCode.None : WebSocketCloseCode.ProtocolError;
        }

        if (_isClosing)
            return WebSocketCloseCode.None;

        // RFC 6455 §5.4: fragments of two messages are not mixed.
        var continues = header.Opcode == WebSocketOpcode.Continuation;
        if (header.Opcode > WebSocketOpcode.Binary || continues != (_kind != WebSocketOpcode.Continuation))
            return WebSocketCloseCode.ProtocolError;

        return header.Length > limits.MaxMessageBytes - _assembled ? WebSocketCloseCode.MessageTooBig : WebSocketCloseCode.None;
    }

    /// <summary>
    /// Says goodbye. Where frames can still be told apart the connection waits for the client's goodbye (RFC 6455 §7.1.1), so that the reason
    /// is not lost with a reset.
    /// </summary>
    private SipFrame Refuse(WebSocketCloseCode code, in WebSocketHeader header, ref ReadOnlySequence<byte> buffer, StreamScratch content)
    {
        WriteClose(code, content);
        if (code == WebSocketCloseCode.ProtocolError)
            return SipFrame.Closed;

        BeginClosing();
        Skip(header, ref buffer);
        return SipFrame.Control;
    }

    private void Skip(in WebSocketHeader header, ref ReadOnlySequence<byte> buffer)
    {
        buffer = buffer.Slice(header.Size);
        _toSkip = header.Length;
    }

    private bool TrySkip(ref ReadOnlySequence<byte> buffer)
    {
        var skipped = Math.Min(_toSkip, buffer.Length);
        buffer = buffer.Slice(skipped);
        _toSkip -= skipped;
        return _toSkip == 0;
    }

    private SipFrame TakeControl(in WebSocketHeader header, in ReadOnlySequence<byte> payload, StreamScratch content)
    {
        // RFC 6455 §5.5.3; after our own goodbye nothing more is said.
        if (header.Opcode == WebSocketOpcode.Pong || (_isClosing && header.Opcode == WebSocketOpcode.Ping))
            return SipFrame.Blank;

        if (_isClosing)
        {
            content.Resize(0);
            return SipFrame.Closed;
        }

        Span<byte> said = stackalloc byte[(int)payload.Length];
        payload.CopyTo(said);
        header.Unmask(said);
        if (header.Opcode == WebSocketOpcode.Close)
        {
            // RFC 6455 §5.5.1: the client's goodbye is answered with its own code, and the server ends the connection (§7.1.1).
            WriteClose(ReplyTo(said), content);
            _isClosing = true;
            return SipFrame.Closed;
        }

        var answer = content.Resize(2 + said.Length);
        WebSocketHeader.Write(answer, WebSocketOpcode.Pong, said.Length);
        said.CopyTo(answer[2..]);
        return SipFrame.Control;
    }

    private static WebSocketCloseCode ReplyTo(ReadOnlySpan<byte> said)
    {
        if (said.IsEmpty)
            return WebSocketCloseCode.Normal;
        if (said.Length == 1)
            return WebSocketCloseCode.ProtocolError;

        // RFC 6455 §7.4: codes that may be sent at all.
        var code = BinaryPrimitives.ReadUInt16BigEndian(said);
        return code is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999
            ? (WebSocketCloseCode)code
            : WebSocketCloseCode.ProtocolError;
    }

    private SipFrame TakeData(in WebSocketHeader header, in ReadOnlySequence<byte> payload, StreamScratch content)
    {
        if (_kind == WebSocketOpcode.Continuation)
            _kind = header.Opcode;
        if (!header.IsFinal)
        {
            Append(header, payload);
            return SipFrame.NeedMore;
        }

        var isText = _kind == WebSocketOpcode.Text;
        var message = content.Resize(_assembled + (int)payload.Length);
        _fragments.AsSpan(0, _assembled).CopyTo(message);
        payload.CopyTo(message[_assembled..]);
        header.Unmask(message[_assembled..]);
        ForgetFragments();
        if (isText && !Utf8.IsValid(message))
        {
            // RFC 6455 §8.1
            WriteClose(WebSocketCloseCode.InvalidContent, content);
            BeginClosing();
            return SipFrame.Control;
        }

        _speaksBinary = !isText;
        return Tell(message);
    }

    /// <summary>RFC 7118 §6, RFC 5626 §3.5.1: a message of nothing but line ends is a keep-alive; two of them ask for one.</summary>
    private static SipFrame Tell(ReadOnlySpan<byte> message) =>
        message.IndexOfAnyExcept((byte)'\r', (byte)'\n') >= 0 ? SipFrame.Message
        : message.SequenceEqual("\r\n\r\n"u8) ? SipFrame.Ping
        : SipFrame.Blank;

    private void Append(in WebSocketHeader header, in ReadOnlySequence<byte> payload)
    {
        var length = _assembled + (int)payload.Length;
        if (_fragments.Length < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length);
            _fragments.AsSpan(0, _assembled).CopyTo(larger);
            GiveBack(_fragments);
            _fragments = larger;
        }

        var fragment = _fragments.AsSpan(_assembled, (int)payload.Length);
        payload.CopyTo(fragment);
        header.Unmask(fragment);
        _assembled = length;
    }

    private void BeginClosing()
    {
        _isClosing = true;
        ForgetFragments();
    }

    private void ForgetFragments()
    {
        GiveBack(_fragments);
        _fragments = [];
        _assembled = 0;
        _kind = WebSocketOpcode.Continuation;
    }

    private static void GiveBack(byte[] rented)
    {
        if (rented.Length > 0)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WriteClose(WebSocketCloseCode code, StreamScratch content)
    {
        var frame = content.Resize(4);
        WebSocketHeader.Write(frame, WebSocketOpcode.Close, sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)code);
    }
}
