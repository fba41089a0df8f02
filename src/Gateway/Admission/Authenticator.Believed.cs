using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <content>Requests that need no credentials: of a tenant that authenticates nobody in a network that the operator trusts, or by an IP filter of the tenant's.</content>
internal sealed partial class Authenticator
{
    /// <summary>Takes a request for that of the extension which From names at a domain of the tenant's; who names none authenticates.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tenant">Whose domain it names.</param>
    /// <param name="why">Why it needs no credentials.</param>
    public Verdict Believe(SipMessage request, TenantView tenant, string why)
    {
        Span<byte> buffer = stackalloc byte[256];
        Span<char> username = stackalloc char[MaxUsername];
        if (!request.TryGetFrom(out var from) || !from.TryGetUri(out var uri, out _)
            || uri.User.Length > buffer.Length || !TryReadUsername(uri.UnescapeUser(buffer), ref username) || !tenant.HasDomain(uri.Host.Trim("[]"u8)))
        {
            return Judge(request, tenant);
        }

        if (!credentials.TryFind(new ExtensionName(tenant.Id, username), out var cached))
            return WaitFor(new ExtensionKey(tenant.Id, username.ToString()));

        return cached.Credentials is { Extension.Enabled: true } ? Verdict.Admit(cached.Believe(tenant, why)) : Judge(request, tenant);
    }
}
