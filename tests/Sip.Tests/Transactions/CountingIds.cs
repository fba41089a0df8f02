using System.Text;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Identifiers that tell a reader where they come from.</summary>
internal sealed class CountingIds : IIdSource
{
    private int _last;

    public ReadOnlySpan<byte> NewBranch() => Encoding.ASCII.GetBytes($"z9hG4bKb{++_last}");

    public byte[] NewTag() => Encoding.ASCII.GetBytes($"tag{++_last}");

    public byte[] NewCallId() => Encoding.ASCII.GetBytes($"call{++_last}");
}
