using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>What a thread frames and parses in: connections have none of their own, since most of them are idle.</summary>
internal sealed class StreamScratch
{
    /// <summary>More than most messages have.</summary>
    private const int InitialBytes = 4_096;

    [ThreadStatic]
    private static StreamScratch? _ofThread;

    private byte[] _buffer = new byte[InitialBytes];
    private int _length;

    /// <summary>This thread's; what is in it is valid until the thread's next frame.</summary>
    public static StreamScratch OfThread => _ofThread ??= new StreamScratch();

    /// <summary>For parsing, over and over.</summary>
    public SipMessage Message { get; } = new() { IsLent = true };

    /// <summary>The content.</summary>
    public Memory<byte> Content => _buffer.AsMemory(0, _length);

    /// <summary>Makes the content <paramref name="length"/> bytes, to be filled in.</summary>
    public Span<byte> Resize(int length)
    {
        if (_buffer.Length < length)
            _buffer = new byte[length];
        _length = length;
        return _buffer.AsSpan(0, length);
    }

    /// <summary>Replaces the content.</summary>
    public void Set(in ReadOnlySequence<byte> bytes) => bytes.CopyTo(Resize((int)bytes.Length));
}
