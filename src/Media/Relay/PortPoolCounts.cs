namespace TekSipCloud.Media.Relay;

/// <summary>How the port pairs of one address stand.</summary>
/// <param name="Total">Pairs in the range.</param>
/// <param name="InUse">Pairs that legs have.</param>
/// <param name="Stocked">Pairs opened in advance.</param>
/// <param name="Quarantined">Pairs that rest: released lately, or found in use by another program.</param>
public readonly record struct PortPoolCounts(int Total, int InUse, int Stocked, int Quarantined)
{
    /// <summary>Pairs that a leg could have at once.</summary>
    public int Available => Total - InUse - Quarantined;

    /// <summary>Of two loops together.</summary>
    public static PortPoolCounts operator +(PortPoolCounts a, PortPoolCounts b) =>
        new(a.Total + b.Total, a.InUse + b.InUse, a.Stocked + b.Stocked, a.Quarantined + b.Quarantined);
}
