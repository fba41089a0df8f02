using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Azure.Storage.Blobs;

/// <summary>A blob as a stream that can be sought in: fetched piece by piece, as it is read.</summary>
internal sealed class BlobReadStream : Stream
{
    private const int DefaultBufferBytes = 4 * 1024 * 1024;

    private readonly BlobBaseClient _blob;
    private readonly BlobRequestConditions _conditions;
    private readonly byte[] _buffer;
    private long _bufferStart;
    private int _buffered;
    private long _position;

    public BlobReadStream(BlobBaseClient blob, BlobProperties properties, BlobOpenReadOptions options)
    {
        _blob = blob;
        _conditions = options.AllowsModifications ? options.Conditions ?? new() : new() { IfMatch = properties.ETag, LeaseId = options.Conditions?.LeaseId };
        Length = properties.ContentLength;
        _buffer = new byte[Math.Max(1, Math.Min(options.BufferSize ?? DefaultBufferBytes, Length))];
        Position = options.Position;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 && value <= Length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == Length || buffer.IsEmpty)
            return 0;
        if (_position < _bufferStart || _position >= _bufferStart + _buffered)
            await Fetch(cancellationToken).ConfigureAwait(false);

        var offset = (int)(_position - _bufferStart);
        var count = Math.Min(buffer.Length, _buffered - offset);
        _buffer.AsMemory(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task Fetch(CancellationToken cancel)
    {
        _buffered = 0;
        var wanted = (int)Math.Min(_buffer.Length, Length - _position);
        var options = new BlobDownloadOptions { Range = new HttpRange(_position, wanted), Conditions = _conditions };
        using var result = (await _blob.DownloadStreamingAsync(options, cancel).ConfigureAwait(false)).Value;
        await result.Content.ReadExactlyAsync(_buffer.AsMemory(0, wanted), cancel).ConfigureAwait(false);
        _bufferStart = _position;
        _buffered = wanted;
    }
}
