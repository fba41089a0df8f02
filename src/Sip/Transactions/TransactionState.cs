namespace TekSipCloud.Sip.Transactions;

/// <summary>States of the four machines of RFC 3261 §17 with RFC 6026.</summary>
public enum TransactionState
{
    /// <summary>INVITE client: sent, nothing heard.</summary>
    Calling,

    /// <summary>Non-INVITE: nothing heard, or nothing answered.</summary>
    Trying,

    /// <summary>A provisional response was heard or may be sent.</summary>
    Proceeding,

    /// <summary>A final response was heard or sent; retransmissions are taken care of.</summary>
    Completed,

    /// <summary>INVITE server: the refusal was acknowledged.</summary>
    Confirmed,

    /// <summary>INVITE: a 2xx was heard or sent; more of them pass through (RFC 6026).</summary>
    Accepted,

    /// <summary>Over; the layer has forgotten it.</summary>
    Terminated,
}
