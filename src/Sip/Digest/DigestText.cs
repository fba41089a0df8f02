using System.Buffers;

namespace TekSipCloud.Sip.Digest;

/// <summary>Joins what a digest hashes, colons between, without allocating in steady state.</summary>
internal ref struct DigestText
{
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    public DigestText(Span<byte> buffer) => _buffer = buffer;

    public readonly ReadOnlySpan<byte> Bytes => _buffer[.._length];

    /// <summary>Adds a piece, after a colon unless it is the first.</summary>
    public void Add(scoped ReadOnlySpan<byte> piece)
    {
        var colon = _length > 0 ? 1 : 0;
        Grow(piece.Length + colon);
        if (colon > 0)
            _buffer[_length++] = (byte)':';
        piece.CopyTo(_buffer[_length..]);
        _length += piece.Length;
    }

    /// <summary>Adds bytes as lower-case hexadecimal digits.</summary>
    public void AddHex(scoped ReadOnlySpan<byte> hash)
    {
        Span<byte> digits = stackalloc byte[DigestAlgorithms.MaxHashBytes * 2];
        _ = Convert.TryToHexStringLower(hash, digits, out var written);
        Add(digits[..written]);
    }

    /// <summary>Gives a grown buffer back, wiped: it may hold a password.</summary>
    public void Dispose()
    {
        _buffer[.._length].Clear();
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    private void Grow(int bytes)
    {
        if (_length + bytes <= _buffer.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
        _buffer[.._length].CopyTo(larger);
        _buffer[.._length].Clear();
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
        _buffer = larger;
    }
}
