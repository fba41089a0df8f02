namespace TekSipCloud.Media.Sdp;

/// <summary>Which way media flows, seen from the party whose description says so (RFC 8866 §6.7).</summary>
[Flags]
public enum MediaDirection
{
    /// <summary>Neither way: <c>a=inactive</c>.</summary>
    Inactive = 0,

    /// <summary>The party sends: <c>a=sendonly</c>.</summary>
    SendOnly = 1,

    /// <summary>The party receives: <c>a=recvonly</c>.</summary>
    RecvOnly = 2,

    /// <summary>Both ways, also when nothing is said: <c>a=sendrecv</c>.</summary>
    SendRecv = SendOnly | RecvOnly,
}
