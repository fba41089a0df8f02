namespace TekSipCloud.Sip.Transactions;

/// <summary>Why a server transaction ended early.</summary>
public enum TransactionFailure
{
    /// <summary>The flow closed or refused a message.</summary>
    TransportError,

    /// <summary>
    /// The ACK of a refused INVITE never came (timer H), or a non-INVITE request was not answered while its client could still wait for it
    /// (64*T1; RFC 4320 §4.2 forbids the late answer).
    /// </summary>
    Timeout,
}
