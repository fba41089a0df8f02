using System.Text;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Identifiers of 96 (tags: 64) bits from the system's cryptographic generator.</summary>
/// <param name="branchPrefix">Token characters put into every branch, such as a node's name; empty for none.</param>
public sealed class RandomIds(string branchPrefix = "") : IIdSource
{
    private readonly byte[] _branch = Encoding.ASCII.GetBytes("z9hG4bK" + branchPrefix);

    /// <inheritdoc/>
    public byte[] NewBranch() => Random(_branch, 12);

    /// <inheritdoc/>
    public byte[] NewTag() => Random([], 8);

    /// <inheritdoc/>
    public byte[] NewCallId() => Random([], 12);

    private static byte[] Random(ReadOnlySpan<byte> prefix, int count)
    {
        Span<byte> random = stackalloc byte[count];
        RandomBytes.Fill(random);
        var id = new byte[prefix.Length + (count * 2)];
        prefix.CopyTo(id);
        Convert.TryToHexStringLower(random, id.AsSpan(prefix.Length), out _);
        return id;
    }
}
