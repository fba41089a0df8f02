namespace TekSipCloud.Sip.Transactions;

/// <summary>Transaction keys in dictionaries, which are looked up by what is sought.</summary>
internal sealed class TransactionKeyComparer : IEqualityComparer<TransactionKey>, IAlternateEqualityComparer<SoughtKey, TransactionKey>
{
    public bool Equals(TransactionKey x, TransactionKey y) => x.Hash == y.Hash && x.Bytes.SequenceEqual(y.Bytes);

    public int GetHashCode(TransactionKey obj) => (int)obj.Hash;

    public bool Equals(SoughtKey alternate, TransactionKey other) => alternate.Hash == other.Hash && alternate.Bytes.SequenceEqual(other.Bytes);

    public int GetHashCode(SoughtKey alternate) => (int)alternate.Hash;

    public TransactionKey Create(SoughtKey alternate) => alternate.ToKey();
}
