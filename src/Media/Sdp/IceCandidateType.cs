namespace TekSipCloud.Media.Sdp;

/// <summary>How a candidate was found (RFC 8839 §5.1).</summary>
public enum IceCandidateType
{
    /// <summary><c>host</c>: an address of the machine itself.</summary>
    Host,

    /// <summary><c>srflx</c>: what a STUN server saw.</summary>
    ServerReflexive,

    /// <summary><c>prflx</c>: what the other party saw.</summary>
    PeerReflexive,

    /// <summary><c>relay</c>: an address of a TURN server.</summary>
    Relayed,
}
