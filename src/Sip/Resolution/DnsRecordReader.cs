using System.Net;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Reads records. One of a kind nobody asked for is passed over: it is null and no fault.</summary>
internal static class DnsRecordReader
{
    private const ushort Internet = 1;

    /// <summary>Reads the next record. False when it is malformed.</summary>
    public static bool TryRead(ref DnsReader reader, ReadOnlySpan<byte> message, out DnsRecord? record)
    {
        record = null;
        if (!reader.TryReadName(out var name)
            || !reader.TryRead(out ushort type)
            || !reader.TryRead(out ushort recordClass)
            || !reader.TryRead(out uint seconds)
            || !reader.TryRead(out ushort length)
            || length > message.Length - reader.Position)
        {
            return false;
        }

        var end = reader.Position + length;
        if (recordClass != Internet)
            return reader.TryRead(length, out _);

        // RFC 2181 §8: a number with its highest bit set counts as zero.
        var ttl = TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds);
        return TryReadBody(ref reader, (DnsRecordType)type, name, ttl, length, out record) && reader.Position == end;
    }

    private static bool TryReadBody(
        ref DnsReader reader, DnsRecordType type, string name, TimeSpan ttl, int length, out DnsRecord? record)
    {
        switch (type)
        {
            case DnsRecordType.A:
            case DnsRecordType.Aaaa:
                return TryReadAddress(ref reader, name, ttl, type == DnsRecordType.A ? 4 : 16, length, out record);
            case DnsRecordType.Cname:
                var isAlias = reader.TryReadName(out var target);
                record = isAlias ? new AliasRecord(name, ttl, target) : null;
                return isAlias;
            case DnsRecordType.Srv:
                return TryReadService(ref reader, name, ttl, out record);
            case DnsRecordType.Naptr:
                return TryReadTransport(ref reader, name, ttl, out record);
            case DnsRecordType.Soa:
                return TryReadAuthority(ref reader, name, ttl, out record);
            default:
                record = null;
                return reader.TryRead(length, out _);
        }
    }

    private static bool TryReadAddress(
        ref DnsReader reader, string name, TimeSpan ttl, int expected, int length, out DnsRecord? record)
    {
        var isAddress = length == expected;
        record = isAddress && reader.TryRead(length, out var bytes) ? new AddressRecord(name, ttl, new IPAddress(bytes)) : null;
        return isAddress;
    }

    private static bool TryReadService(ref DnsReader reader, string name, TimeSpan ttl, out DnsRecord? record)
    {
        record = null;
        if (!reader.TryRead(out ushort priority)
            || !reader.TryRead(out ushort weight)
            || !reader.TryRead(out ushort port)
            || !reader.TryReadName(out var target))
        {
            return false;
        }

        record = new ServiceRecord(name, ttl, priority, weight, port, target);
        return true;
    }

    private static bool TryReadTransport(ref DnsReader reader, string name, TimeSpan ttl, out DnsRecord? record)
    {
        record = null;
        if (!reader.TryRead(out ushort order)
            || !reader.TryRead(out ushort preference)
            || !reader.TryReadText(out var flags)
            || !reader.TryReadText(out var service)
            || !reader.TryReadText(out _)
            || !reader.TryReadName(out var replacement))
        {
            return false;
        }

        record = new TransportRecord(name, ttl, order, preference, flags, service, replacement);
        return true;
    }

    private static bool TryReadAuthority(ref DnsReader reader, string name, TimeSpan ttl, out DnsRecord? record)
    {
        record = null;
        // Server, mailbox, serial, refresh, retry and expire are of no use here.
        if (!reader.TryReadName(out _) || !reader.TryReadName(out _) || !reader.TryRead(16, out _) || !reader.TryRead(out uint minimum))
            return false;

        record = new AuthorityRecord(name, ttl, TimeSpan.FromSeconds(minimum > int.MaxValue ? 0 : minimum));
        return true;
    }
}
