using System.Buffers.Binary;

namespace TekSipCloud.Media.Dtls;

/// <summary>Finds where records end in what OpenSSL wrote to memory, where the borders of datagrams are lost (RFC 6347 §4.1).</summary>
internal static class DtlsRecords
{
    private const int HeaderBytes = 13;
    private const int LengthAt = 11;

    /// <summary>Bytes of as many whole records as fit into one datagram; the first always, as a record is never split (RFC 6347 §4.1.1).</summary>
    public static int CountFirst(ReadOnlySpan<byte> flight, int maxBytes)
    {
        var end = 0;
        while (flight.Length - end >= HeaderBytes)
        {
            var next = end + HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(flight[(end + LengthAt)..]);
            if (next > flight.Length || next > maxBytes && end > 0)
                break;

            end = next;
        }

        return end;
    }
}
