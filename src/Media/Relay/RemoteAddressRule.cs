namespace TekSipCloud.Media.Relay;

/// <summary>How far the address in a party's SDP is believed.</summary>
public enum RemoteAddressRule
{
    /// <summary>
    /// For phones: an address that is private or unreachable, unless the signalling comes from it, stands for the signalling
    /// source; one of our own relay ports is never a remote.
    /// </summary>
    Verified,

    /// <summary>For trunks whose media addresses the operator vouches for: exactly what the SDP says, private or not.</summary>
    AsSignalled,
}
