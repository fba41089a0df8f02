namespace TekSipCloud.Sip.Transactions;

/// <summary>What comes before the bytes of a record: key, tag and message, one after the other.</summary>
internal struct FinishedHeader
{
    /// <summary>Hash of the key.</summary>
    public ulong Hash;

    /// <summary>When it ends, in ticks of the loop's time.</summary>
    public long Due;

    public int KeyLength;

    public int TagLength;

    public int MessageLength;

    /// <summary>Position among the flows of its <see cref="FinishedPage"/>; -1 for none.</summary>
    public int Flow;

    public FinishedKind Kind;

    /// <summary>Bytes of the whole record, so that the next one is aligned.</summary>
    public readonly int Length(int header) => (header + KeyLength + TagLength + MessageLength + 7) & ~7;
}
