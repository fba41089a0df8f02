using System.Buffers.Binary;
using System.Text;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Writes questions (RFC 1035 §4.1, RFC 6891).</summary>
internal static class DnsQuery
{
    /// <summary>UDP payload that is accepted: fits every path without fragments (DNS Flag Day 2020).</summary>
    public const ushort UdpPayload = 1232;

    private const int HeaderBytes = 12;
    private const int QuestionTail = 4;
    private const int OptBytes = 11;
    private const ushort RecursionDesired = 0x0100;
    private const ushort Internet = 1;

    /// <summary>Writes a question for a stub's server.</summary>
    /// <param name="id">Unpredictable, to be found again in the answer.</param>
    /// <param name="question">With a normalized name.</param>
    /// <param name="withEdns">Whether to say how long an answer may be; without it 512 octets hold (RFC 1035 §4.2.1).</param>
    public static byte[] Write(ushort id, DnsQuestion question, bool withEdns)
    {
        var nameBytes = question.Name.Length + 2;
        var query = new byte[HeaderBytes + nameBytes + QuestionTail + (withEdns ? OptBytes : 0)];
        var rest = query.AsSpan();
        Put(ref rest, id);
        Put(ref rest, RecursionDesired);
        Put(ref rest, 1);
        Put(ref rest, 0);
        Put(ref rest, 0);
        Put(ref rest, (ushort)(withEdns ? 1 : 0));
        PutName(ref rest, question.Name);
        Put(ref rest, (ushort)question.Type);
        Put(ref rest, Internet);
        if (withEdns)
        {
            // RFC 6891 §6.1.2: the root's name, OPT, the payload in the place of the class; no extended flags, no options.
            rest = rest[1..];
            Put(ref rest, (ushort)DnsRecordType.Opt);
            Put(ref rest, UdpPayload);
        }

        return query;
    }

    private static void PutName(ref Span<byte> rest, string name)
    {
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan()[range];
            rest[0] = (byte)label.Length;
            Encoding.ASCII.GetBytes(label, rest[1..]);
            rest = rest[(label.Length + 1)..];
        }

        rest = rest[1..];
    }

    private static void Put(ref Span<byte> rest, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(rest, value);
        rest = rest[sizeof(ushort)..];
    }
}
