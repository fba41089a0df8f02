using System.Buffers;

namespace TekSipCloud.Sip.Messages;

/// <summary>The <c>%HH</c> escapes of URIs (RFC 3261 §19.1.2).</summary>
internal static class SipEscapes
{
    /// <summary>Whether each percent sign is followed by two hexadecimal digits.</summary>
    public static bool AreValid(ReadOnlySpan<byte> bytes)
    {
        for (var percent = bytes.IndexOf((byte)'%'); percent >= 0; percent = bytes.IndexOf((byte)'%'))
        {
            if (percent + 2 >= bytes.Length || ByteAt(bytes[percent..]) < 0)
                return false;
            bytes = bytes[(percent + 3)..];
        }

        return true;
    }

    /// <summary>The byte that the escape at index 0 stands for, or -1.</summary>
    public static int ByteAt(ReadOnlySpan<byte> escape)
    {
        var high = HexValue(escape[1]);
        var low = HexValue(escape[2]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    /// <summary>Replaces valid escapes; leaves any other percent sign alone.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> bytes, Span<byte> buffer)
    {
        if (!bytes.Contains((byte)'%'))
            return bytes;

        var length = 0;
        while (!bytes.IsEmpty)
        {
            var escaped = bytes[0] == '%' && bytes.Length > 2 ? ByteAt(bytes) : -1;
            buffer[length++] = escaped < 0 ? bytes[0] : (byte)escaped;
            bytes = bytes[(escaped < 0 ? 1 : 3)..];
        }

        return buffer[..length];
    }

    /// <summary>Escapes every byte that is not allowed.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> bytes, SearchValues<byte> allowed, Span<byte> buffer)
    {
        if (!bytes.ContainsAnyExcept(allowed))
            return bytes;

        var length = 0;
        foreach (var octet in bytes)
        {
            if (allowed.Contains(octet))
            {
                buffer[length++] = octet;
                continue;
            }

            buffer[length++] = (byte)'%';
            buffer[length++] = "0123456789ABCDEF"u8[octet >> 4];
            buffer[length++] = "0123456789ABCDEF"u8[octet & 15];
        }

        return buffer[..length];
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
