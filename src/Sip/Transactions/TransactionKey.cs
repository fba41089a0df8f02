namespace TekSipCloud.Sip.Transactions;

/// <summary>The key of a transaction as it is kept: the hash of its bytes is made once, for all tables.</summary>
internal readonly struct TransactionKey(byte[] bytes, ulong hash)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    public ulong Hash => hash;
}
