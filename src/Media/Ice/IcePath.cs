using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Ice;

/// <summary>An address of the party's that a check came from which was signed with our password.</summary>
internal struct IcePath
{
    public PeerAddress Address;

    /// <summary>Which of our credentials the check was for; they are numbered from 1, and 0 is none.</summary>
    public int Generation;

    /// <summary>When the last check came, in the clock's ticks.</summary>
    public long LastCheck;

    /// <summary>When a check last had USE-CANDIDATE.</summary>
    public long LastNomination;

    /// <summary>How much the party likes the path (RFC 8445 §7.1.1).</summary>
    public uint Priority;
}
