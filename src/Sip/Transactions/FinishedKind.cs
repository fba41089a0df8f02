namespace TekSipCloud.Sip.Transactions;

/// <summary>What is to be done with a message that belongs to a transaction that is over.</summary>
internal enum FinishedKind : byte
{
    /// <summary>Non-INVITE server, answered: the answer is repeated (RFC 3261 §17.2.2).</summary>
    Answered,

    /// <summary>INVITE server, refused and acknowledged: all is absorbed (RFC 3261 §17.2.1 "Confirmed").</summary>
    Confirmed,

    /// <summary>INVITE server, accepted: INVITEs are absorbed, ACKs are the user's (RFC 6026 §7.1).</summary>
    Accepted,

    /// <summary>An initial request was seen; who brings it by another way merges (RFC 3261 §8.2.2.2).</summary>
    Seen,

    /// <summary>Client with its final response: all is absorbed (RFC 3261 §17.1.2.2) and, after an INVITE, refusals are acknowledged again (§17.1.1.2).</summary>
    Heard,

    /// <summary>INVITE client, accepted and acknowledged (RFC 6026 §7.2).</summary>
    Acknowledged,

    /// <summary>The ACK of one fork's 2xx (RFC 3261 §13.2.2.4).</summary>
    Fork,
}
