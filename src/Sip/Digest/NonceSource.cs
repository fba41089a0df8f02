using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace TekSipCloud.Sip.Digest;

/// <summary>Makes nonces that need no memory: time, node and a serial number under a keyed hash (RFC 7616 §3.3).</summary>
/// <remarks>Thread-safe. Every node of a cluster has the same key and its own node number, so each knows the others'
/// nonces from forged ones.</remarks>
public sealed class NonceSource
{
    /// <summary>Characters of a nonce: base64url.</summary>
    public const int NonceLength = 48;

    private const int StampBytes = 20;
    private const int MacBytes = 16;
    private const int HeadBytes = 12;
    private const int HeadCharacters = HeadBytes / 3 * 4;
    private const int RawBytes = StampBytes + MacBytes;

    private readonly SipHash _first;
    private readonly SipHash _second;
    private readonly uint _node;
    private readonly long _lifetime;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly long _startTimestamp;
    private long _serial;

    /// <summary>Makes a source.</summary>
    /// <param name="key">At least 32 random bytes, of which the first 32 count.</param>
    /// <param name="node">This node and incarnation in the cluster.</param>
    /// <param name="lifetime">How long a nonce is valid, at least a millisecond. Longer spares challenges, shorter
    /// bounds replay by a thief of the nonce-count window's node.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ArgumentException">Too short a key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too short a lifetime.</exception>
    public NonceSource(ReadOnlySpan<byte> key, uint node, TimeSpan lifetime, TimeProvider clock)
    {
        if (key.Length < 32)
            throw new ArgumentException("At least 32 bytes.", nameof(key));
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));

        (_first, _second) = (new(key), new(key[SipHash.KeyBytes..]));
        _node = node;
        _lifetime = (long)lifetime.TotalMilliseconds;
        _clock = clock;
        _startedAt = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _startTimestamp = clock.GetTimestamp();
        _serial = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    }

    /// <summary>Makes a nonce.</summary>
    /// <param name="destination">At least <see cref="NonceLength"/> bytes.</param>
    /// <returns>The nonce, a slice of the destination.</returns>
    public ReadOnlySpan<byte> Create(Span<byte> destination)
    {
        Span<byte> raw = stackalloc byte[RawBytes];
        BinaryPrimitives.WriteInt64BigEndian(raw, Now());
        BinaryPrimitives.WriteUInt32BigEndian(raw[8..], _node);
        BinaryPrimitives.WriteInt64BigEndian(raw[12..], Interlocked.Increment(ref _serial));
        Sign(raw[..StampBytes], raw[StampBytes..]);
        return destination[..Base64Url.EncodeToUtf8(raw, destination)];
    }

    /// <summary>Judges a nonce that came back.</summary>
    /// <param name="nonce">Any bytes.</param>
    /// <param name="stamp">What the nonce says of itself, unless it is <see cref="NonceVerdict.Forged"/>.</param>
    public NonceVerdict Check(ReadOnlySpan<byte> nonce, out NonceStamp stamp)
    {
        stamp = default;
        Span<byte> raw = stackalloc byte[RawBytes];
        Span<byte> mac = stackalloc byte[MacBytes];
        if (nonce.Length != NonceLength
            || Base64Url.DecodeFromUtf8(nonce, raw, out _, out var length) != OperationStatus.Done || length != RawBytes)
            return NonceVerdict.Forged;

        Sign(raw[..StampBytes], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, raw[StampBytes..]))
            return NonceVerdict.Forged;

        stamp = new(BinaryPrimitives.ReadInt64BigEndian(raw), BinaryPrimitives.ReadUInt64BigEndian(raw[12..]));
        if (BinaryPrimitives.ReadUInt32BigEndian(raw[8..]) != _node)
            return NonceVerdict.Foreign;

        // A nonce from the future was made by an earlier process, before the clock was set back: its age is unknown.
        var age = Now() - stamp.IssuedAt;
        return age >= 0 && age < _lifetime ? NonceVerdict.Valid : NonceVerdict.Stale;
    }

    /// <summary>Whether a nonce says that this node made it no longer ago than that. Nothing is verified: for choosing whom to hear first,
    /// before the work of <see cref="Check"/>.</summary>
    /// <param name="nonce">Any bytes.</param>
    /// <param name="within">More than zero.</param>
    public bool LooksFresh(ReadOnlySpan<byte> nonce, TimeSpan within)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        return nonce.Length == NonceLength
            && Base64Url.DecodeFromUtf8(nonce[..HeadCharacters], head, out _, out var length) == OperationStatus.Done && length == HeadBytes
            && BinaryPrimitives.ReadUInt32BigEndian(head[8..]) == _node
            && Now() - BinaryPrimitives.ReadInt64BigEndian(head) is >= 0 and var age && age <= (long)within.TotalMilliseconds;
    }

    // Wall-clock time at the start, monotonic from then on: a clock set back would make new nonces older than forgotten
    // ones.
    private long Now() => _startedAt + (long)_clock.GetElapsedTime(_startTimestamp).TotalMilliseconds;

    private void Sign(ReadOnlySpan<byte> stamp, Span<byte> mac)
    {
        // Whoever forged one would gain a nonce that no password belongs to: 128 bits of two keys are more than its minutes ask for.
        BinaryPrimitives.WriteUInt64LittleEndian(mac, _first.Hash(stamp));
        BinaryPrimitives.WriteUInt64LittleEndian(mac[sizeof(ulong)..], _second.Hash(stamp));
    }
}
