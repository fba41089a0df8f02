using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <content>Requests of a tenant that authenticates nobody, in a network that the operator trusts.</content>
internal sealed partial class Authenticator
{
    /// <summary>Takes a request for that of the extension which From names at a domain of the tenant's; who names none authenticates.</summary>
    public Verdict Believe(SipMessage request, TenantView tenant)
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

        return cached.Credentials is { Extension.Enabled: true } ? Verdict.Admit(cached.Believe(tenant)) : Judge(request, tenant);
    }
}
