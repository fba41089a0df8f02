namespace TekSipCloud.Media.Stun;

/// <summary>FINGERPRINT: tells STUN from what else arrives on a port (RFC 8489 §14.7).</summary>
internal static class StunFingerprint
{
    /// <summary>Bytes of its value.</summary>
    public const int Bytes = 4;

    /// <summary>Bytes of the whole attribute.</summary>
    public const int AttributeBytes = StunAttributes.HeaderBytes + Bytes;

    private const uint Mark = 0x5354554E;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(RemainderOf)];

    /// <summary>The CRC-32 of what stands before the attribute, with a mark of STUN's own.</summary>
    public static uint Of(ReadOnlySpan<byte> before)
    {
        var crc = uint.MaxValue;
        foreach (var b in before)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ b)];

        return ~crc ^ Mark;
    }

    private static uint RemainderOf(int value)
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            remainder = (remainder >> 1) ^ (Polynomial & (0u - (remainder & 1)));

        return remainder;
    }
}
