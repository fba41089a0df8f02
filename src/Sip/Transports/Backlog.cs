namespace TekSipCloud.Sip.Transports;

/// <summary>How much waits behind the message that is being handled, on the way it came.</summary>
public enum Backlog
{
    /// <summary>Nothing, little, or it is not known.</summary>
    Short,

    /// <summary>More than is handled within a millisecond or so.</summary>
    Long,

    /// <summary>So much that what comes next is soon lost.</summary>
    NearlyFull,
}
