namespace TekSipCloud.Contracts.Registrations;

/// <summary>What is sent to a phone behind a NAT so that the NAT keeps its way open.</summary>
public enum KeepAlive
{
    /// <summary>Nothing: the phone does it, or its NAT keeps ways for as long as a registration lasts.</summary>
    Off,

    /// <summary>Two line ends (RFC 5626 §3.5.1), which phones drop: the cheapest.</summary>
    Crlf,

    /// <summary>OPTIONS (RFC 3261 §11), which also tells whether the phone is still there.</summary>
    Options,
}
