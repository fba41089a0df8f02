using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>HMAC-SHA1 by OpenSSL's SHA-1, begun from the states that the key leaves behind.</summary>
internal sealed unsafe class OpenSslHmacSha1 : HmacSha1
{
    // RFC 2104 §2.
    private const int BlockBytes = 64;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    // The hash runs for less than a microsecond, so that the collector can wait for it.
    private static readonly delegate* unmanaged[SuppressGCTransition]<State*, int> Init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<State*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, State*, int> Final;

    private State _inner;
    private State _outer;

    static OpenSslHmacSha1()
    {
        if (LibCrypto.Find("SHA1_Init") is not (not 0 and var init)
            || LibCrypto.Find("SHA1_Update") is not (not 0 and var update)
            || LibCrypto.Find("SHA1_Final") is not (not 0 and var final))
            return;

        Init = (delegate* unmanaged[SuppressGCTransition]<State*, int>)init;
        Update = (delegate* unmanaged[SuppressGCTransition]<State*, byte*, nuint, int>)update;
        Final = (delegate* unmanaged[SuppressGCTransition]<byte*, State*, int>)final;
    }

    /// <param name="key">Up to 64 bytes.</param>
    public OpenSslHmacSha1(ReadOnlySpan<byte> key)
    {
        _inner = Begin(key, InnerPad);
        _outer = Begin(key, OuterPad);
    }

    /// <summary>Whether OpenSSL is there, and has SHA-1.</summary>
    public static bool IsSupported => Final is not null;

    public override void Compute(ReadOnlySpan<byte> text, ReadOnlySpan<byte> trailer, Span<byte> hash)
    {
        if (hash.Length < HashBytes)
            throw new ArgumentException("There is no room for the hash.", nameof(hash));

        var state = _inner;
        fixed (byte* textAt = text, trailerAt = trailer, hashAt = hash)
        {
            _ = Update(&state, textAt, (nuint)text.Length);
            _ = Update(&state, trailerAt, (nuint)trailer.Length);
            _ = Final(hashAt, &state);
            state = _outer;
            _ = Update(&state, hashAt, HashBytes);
            _ = Final(hashAt, &state);
        }
    }

    public override void Dispose()
    {
        Wipe(ref _inner);
        Wipe(ref _outer);
    }

    private static void Wipe(ref State state) =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Unsafe.As<State, uint>(ref state), State.Words)));

    private static State Begin(ReadOnlySpan<byte> key, byte pad)
    {
        if (key.Length > BlockBytes)
            throw new ArgumentException("The key is longer than a block.", nameof(key));

        Span<byte> block = stackalloc byte[BlockBytes];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
            block[i] ^= key[i];

        var state = default(State);
        _ = Init(&state);
        fixed (byte* blockAt = block)
            _ = Update(&state, blockAt, BlockBytes);
        CryptographicOperations.ZeroMemory(block);
        return state;
    }

    /// <summary>OpenSSL's SHA_CTX: five words of hash, two of length, a block, and how much of it is filled.</summary>
    [InlineArray(Words)]
    private struct State
    {
        public const int Words = 24;

        private uint _first;
    }
}
