using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>How messages lie in the bytes of one connection, in both directions. Reading is one thread's at a time.</summary>
internal abstract class StreamFraming
{
    /// <summary>The most bytes that <see cref="WriteHead"/> writes.</summary>
    public const int MaxHeadBytes = 16;

    /// <summary>Why the last frame was <see cref="SipFrame.Invalid"/>.</summary>
    public SipParseError Error { get; protected set; }

    /// <summary>Whether a message has begun that is not complete, beside what lies unread in the buffer.</summary>
    public virtual bool IsMidMessage => false;

    /// <summary>Whether the frame alone bounds a message: a Content-Length is not needed, but must be right if it is there.</summary>
    public virtual bool BoundsMessages => false;

    /// <summary>Whether a peer that does not answer <see cref="Ping"/> is known to be gone.</summary>
    public virtual bool IsPingAlwaysAnswered => false;

    /// <summary>What asks the peer for a sign of life, ready to be sent.</summary>
    public abstract ReadOnlySpan<byte> Ping { get; }

    /// <summary>What is sent last by the side that closes; empty for nothing.</summary>
    public virtual ReadOnlySpan<byte> Farewell => [];

    /// <summary>
    /// Takes the next frame off <paramref name="buffer"/>. With <see cref="SipFrame.NeedMore"/> call again with what is left of it and more bytes.
    /// <paramref name="content"/> then holds the message, or the answer to send as it is (<see cref="SipFrame.Control"/>,
    /// <see cref="SipFrame.Closed"/>).
    /// </summary>
    public abstract SipFrame Read(ref ReadOnlySequence<byte> buffer, StreamScratch content);

    /// <summary>Writes what stands before a message on the wire, and returns its length. Thread-safe.</summary>
    public virtual int WriteHead(ReadOnlySpan<byte> message, Span<byte> head) => 0;
}
