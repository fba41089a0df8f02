namespace TekSipCloud.Media.Relay;

/// <summary>What signalling lets one port learn; see <see cref="RemoteAddressPolicy"/>.</summary>
internal struct LatchPlan
{
    /// <summary>The signalled address and port, if it is believed.</summary>
    public PeerAddress Exact;

    /// <summary>The host any of whose ports may be learnt; its port says nothing.</summary>
    public PeerAddress Host;

    public readonly bool HasExact => Exact.Length != 0;

    public readonly bool HasHost => Host.Length != 0;

    /// <summary>Whether the signalled address may be sent to before it was heard: a believed address always may.</summary>
    public readonly bool MaySendUnverified => HasExact;

    public readonly bool IsSameAs(in LatchPlan other) =>
        HasExact == other.HasExact && HasHost == other.HasHost
        && (!HasExact || Exact.IsSameAs(other.Exact)) && (!HasHost || Host.IsSameHostAs(other.Host));
}
