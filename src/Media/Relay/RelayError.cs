namespace TekSipCloud.Media.Relay;

/// <summary>Why a leg got no ports.</summary>
public enum RelayError
{
    /// <summary>It got them.</summary>
    None,

    /// <summary>Every port of the range is in use or in quarantine; answer 503.</summary>
    NoPorts,

    /// <summary>The relay has no address of the leg's family; answer 488.</summary>
    NoAddressOfFamily,

    /// <summary>The relay or the session has ended; answer 503.</summary>
    Closed,

    /// <summary>There are ports, but the process may not open as many files; answer 503.</summary>
    NoFiles,
}
