using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Overload;

/// <summary>
/// Asks the overload's limit for new INVITEs, MESSAGEs and REGISTERs, before anything else is done with them. Who answers a challenge of a moment ago
/// was admitted with the request that was challenged, and is let through: refusing it would waste what was done.
/// </summary>
internal sealed class NewWorkGate(OverloadControl control, NonceSource nonces)
{
    private static readonly TimeSpan PaidLifetime = TimeSpan.FromSeconds(4);

    /// <summary>Whether the request may go on; one that is no new work always may.</summary>
    /// <param name="request">It.</param>
    /// <param name="backlog">What waits behind it.</param>
    public bool Admits(SipMessage request, Backlog backlog) =>
        !control.IsWatching
        || request.Method is not (SipMethod.Invite or SipMethod.Message or SipMethod.Register)
        || control.Admits(AnswersRecentChallenge(request), backlog, request.Method == SipMethod.Register);

    /// <summary>Nothing of it is verified: whoever makes it up is refused by the digest, a little later.</summary>
    private bool AnswersRecentChallenge(SipMessage request)
    {
        var header = request.Method == SipMethod.Register ? SipHeaderName.Authorization : SipHeaderName.ProxyAuthorization;
        return request.TryGet(header, out var value)
            && DigestCredentials.TryParse(value, out var credentials, out _)
            && credentials.NonceCount <= 1
            && nonces.LooksFresh(credentials.Nonce, PaidLifetime);
    }
}
