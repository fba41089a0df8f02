using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <content>
/// Credentials at a domain that takes calls and rings nobody: a nonce serves one request, each call is judged by the password of that moment, and who
/// is refused hears whether the account or the password is wrong.
/// </content>
internal sealed partial class Authenticator
{
    /// <summary>Judges the request's credentials for an account of its tenant.</summary>
    /// <param name="request">A REGISTER or INVITE.</param>
    /// <param name="tenant">Whose domain it names.</param>
    /// <param name="hasRead">Whether its account in memory was read for this request.</param>
    public Verdict JudgeOrigination(SipMessage request, TenantView tenant, bool hasRead)
    {
        // RFC 3261 §22.2: the server is the end of these calls, so that it challenges as a user agent does.
        if (!request.Has(SipHeaderName.Authorization))
            return Ask(401, tenant, request, isStale: false);
        if (!DigestCredentials.TryFind(request, SipHeaderName.Authorization, tenant.Realm.Span, out var given))
            return Verdict.Deny(Origination.BadCredentials);

        Span<char> username = stackalloc char[MaxUsername];
        if (!TryReadUsername(given.UserName, ref username))
            return Verdict.Deny(Origination.UnknownUser);

        var isKnown = credentials.TryFind(new ExtensionName(tenant.Id, username), out var cached);
        if (!isKnown || (!hasRead && request.Method == SipMethod.Invite && cached!.Credentials is not null))
        {
            // Whoever makes a nonce up gets one, and has nothing read (RFC 7616 §3.3: what is stale is the nonce).
            if (!verifier.IsFresh(given.Nonce))
                return Ask(401, tenant, request, isStale: true);

            var key = new ExtensionKey(tenant.Id, username.ToString());
            return Verdict.Wait(() => credentials.Reread(key)) with { ReadsAccount = true };
        }

        if (cached!.Credentials is not { Extension.Enabled: true } known)
            return Verdict.Deny(Origination.UnknownUser);

        var isOtherHash = given.Algorithm != Algorithm(tenant, known.Extension);
        return Verify(request, given, known, isOnce: true) switch
        {
            DigestVerdict.Refused => Verdict.Deny(Origination.BadCredentials),
            DigestVerdict.Accepted when !isOtherHash => Identify(request, tenant, cached, isOriginationOnly: true),
            _ => Ask(401, tenant, request, isStale: true),
        };
    }
}
