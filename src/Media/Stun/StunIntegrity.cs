using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Stun;

/// <summary>MESSAGE-INTEGRITY: who signs knows the password (RFC 8489 §14.5).</summary>
internal static class StunIntegrity
{
    /// <summary>Bytes of its value.</summary>
    public const int Bytes = 20;

    /// <summary>Bytes of the whole attribute.</summary>
    public const int AttributeBytes = StunAttributes.HeaderBytes + Bytes;

    /// <summary>Signs what stands before the attribute, the header counting as if the attribute were the last.</summary>
    /// <param name="before">At most <see cref="StunMessage.MaxBytes"/>.</param>
    /// <param name="key">The password, for short-term credentials (RFC 8489 §9.1.1).</param>
    /// <param name="integrity">20 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> before, ReadOnlySpan<byte> key, Span<byte> integrity)
    {
        Span<byte> text = stackalloc byte[StunMessage.MaxBytes];
        text = text[..before.Length];
        before.CopyTo(text);
        BinaryPrimitives.WriteUInt16BigEndian(text[StunMessage.LengthAt..], (ushort)(before.Length - StunMessage.HeaderBytes + AttributeBytes));
        _ = HMACSHA1.HashData(key, text, integrity);
    }
}
