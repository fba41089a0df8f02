using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// The ways back to the sender of a request whose own way is gone, best first (RFC 3261 §18.2.2, RFC 3263 §5). Used by one transaction, on its
/// loop.
/// </summary>
public interface IReturnPath
{
    /// <summary>Opens the next way; null when none is left that can be opened.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    ValueTask<SipFlow?> Next(CancellationToken cancel);
}
