using System.Text;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Identifiers of 96 (tags: 64) bits from the system's cryptographic generator.</summary>
/// <param name="branchPrefix">Token characters put into every branch, such as a node's name; empty for none.</param>
public sealed class RandomIds(string branchPrefix = "") : IIdSource
{
    private const int BranchBytes = 12;
    private readonly byte[] _branch = Encoding.ASCII.GetBytes("z9hG4bK" + branchPrefix);

    [ThreadStatic]
    private static byte[]? _last;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> NewBranch()
    {
        var length = _branch.Length + (2 * BranchBytes);
        if (_last is null || _last.Length < length)
            _last = new byte[length];
        Write(_last, _branch, BranchBytes);
        return _last.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public byte[] NewTag() => New(8);

    /// <inheritdoc/>
    public byte[] NewCallId() => New(12);

    private static byte[] New(int count)
    {
        var id = new byte[count * 2];
        Write(id, [], count);
        return id;
    }

    private static void Write(Span<byte> id, ReadOnlySpan<byte> prefix, int count)
    {
        Span<byte> random = stackalloc byte[count];
        RandomBytes.Fill(random);
        prefix.CopyTo(id);
        Convert.TryToHexStringLower(random, id[prefix.Length..], out _);
    }
}
