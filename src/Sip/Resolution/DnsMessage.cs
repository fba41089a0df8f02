using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Sip.Resolution;

/// <summary>A name server's answer, as far as a resolver needs it (RFC 1035 §4.1).</summary>
internal sealed class DnsMessage
{
    /// <summary>Records read at most: no zone of a SIP domain has as many, and a hostile answer costs no more.</summary>
    private const int MaxRecords = 256;

    private const int ResponseFlag = 0x8000;
    private const int TruncatedFlag = 0x0200;
    private const int CodeMask = 0x000F;
    private const ushort Internet = 1;

    private DnsMessage()
    {
    }

    /// <summary>Pairs it with its question.</summary>
    public ushort Id { get; private set; }

    public bool IsResponse { get; private set; }

    /// <summary>Whether it did not fit and is to be asked for again by TCP (RFC 7766 §5).</summary>
    public bool IsTruncated { get; private set; }

    public DnsResponseCode Code { get; private set; }

    /// <summary>The question repeated; null when it was not, as in some refusals.</summary>
    public DnsQuestion? Question { get; private set; }

    public List<DnsRecord> Answers { get; } = [];

    /// <summary>The zone's authority, in answers that there is no such record; null for none.</summary>
    public AuthorityRecord? Authority { get; private set; }

    /// <summary>Reads a message. Never throws; false when it is malformed anywhere before its additional records.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = new DnsMessage();
        var reader = new DnsReader(bytes);
        if (message.TryReadHeader(ref reader, out var answers, out var authorities)
            && message.TryReadRecords(ref reader, bytes, answers, isAnswer: true)
            && message.TryReadRecords(ref reader, bytes, authorities, isAnswer: false))
        {
            return true;
        }

        message = null;
        return false;
    }

    private bool TryReadHeader(ref DnsReader reader, out ushort answers, out ushort authorities)
    {
        answers = authorities = 0;
        if (!reader.TryRead(out ushort id)
            || !reader.TryRead(out ushort flags)
            || !reader.TryRead(out ushort questions)
            || !reader.TryRead(out answers)
            || !reader.TryRead(out authorities)
            || !reader.TryRead(out ushort _)
            || questions > 1)
        {
            return false;
        }

        Id = id;
        IsResponse = (flags & ResponseFlag) != 0;
        IsTruncated = (flags & TruncatedFlag) != 0;
        Code = (DnsResponseCode)(flags & CodeMask);
        return questions == 0 || TryReadQuestion(ref reader);
    }

    private bool TryReadQuestion(ref DnsReader reader)
    {
        if (!reader.TryReadName(out var name) || !reader.TryRead(out ushort type) || !reader.TryRead(out ushort asked))
            return false;

        Question = new DnsQuestion(name, (DnsRecordType)type);
        return asked == Internet;
    }

    private bool TryReadRecords(ref DnsReader reader, ReadOnlySpan<byte> bytes, int count, bool isAnswer)
    {
        // What was cut off is not there to be read; the answer is asked for again anyway.
        if (IsTruncated)
            return true;
        if (count > MaxRecords)
            return false;

        for (var i = 0; i < count; i++)
        {
            if (!DnsRecordReader.TryRead(ref reader, bytes, out var record))
                return false;

            if (isAnswer && record is not null)
                Answers.Add(record);
            else if (!isAnswer && record is AuthorityRecord authority)
                Authority ??= authority;
        }

        return true;
    }
}
