using System.Buffers;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Bytes that wait for a connection's writer: many senders append, one writer takes everything at once. An idle connection keeps no buffer.
/// </summary>
internal sealed class OutgoingQueue(int maxBytes)
{
    private const int KeptBytes = 8 << 10;

    private readonly Lock _lock = new();
    private ArrayBufferWriter<byte>? _waiting;
    private ArrayBufferWriter<byte>? _spare;
    private int _taken;
    private bool _hasWriter;
    private bool _isClosed;

    /// <summary>
    /// Appends a message with what stands before it; false when closed or too much waits. The caller starts the writer when
    /// <paramref name="startWriter"/>.
    /// </summary>
    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> message, out bool startWriter, out bool isOverfull)
    {
        lock (_lock)
        {
            var length = head.Length + message.Length;
            startWriter = false;
            isOverfull = !_isClosed && (_waiting?.WrittenCount ?? 0) + _taken + length > maxBytes;
            if (_isClosed || isOverfull)
                return false;

            _waiting ??= _spare ?? new ArrayBufferWriter<byte>(Math.Max(length, 1024));
            _spare = null;
            _waiting.Write(head);
            _waiting.Write(message);
            startWriter = !_hasWriter;
            _hasWriter = true;
            return true;
        }
    }

    /// <summary>Takes what waits; null, and there is no writer any more, when nothing does: the last one if the queue is closed.</summary>
    public ArrayBufferWriter<byte>? Take(out bool isLast)
    {
        lock (_lock)
        {
            var bytes = _waiting;
            isLast = bytes is null && _isClosed;
            _waiting = null;
            _taken = bytes?.WrittenCount ?? 0;
            _hasWriter = bytes is not null;
            return bytes;
        }
    }

    /// <summary>Returns a taken buffer after it has been written.</summary>
    public void Recycle(ArrayBufferWriter<byte> written)
    {
        written.ResetWrittenCount();
        lock (_lock)
        {
            _taken = 0;
            if (written.Capacity <= KeptBytes)
                _spare = written;
        }
    }

    /// <summary>Takes no more messages; true when a writer is still busy with what waits.</summary>
    public bool Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return _hasWriter;
        }
    }
}
