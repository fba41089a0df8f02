using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Admission;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>What is kept of an extension.</summary>
/// <param name="credentials">Null when there is no such extension.</param>
/// <param name="read">When it was read, as a timestamp.</param>
internal sealed class CachedExtension(ExtensionCredentials? credentials, long read)
{
    private AdmittedRequest? _admitted;

    public ExtensionCredentials? Credentials => credentials;

    public long Read => read;

    /// <summary>The extension as the sender of a request to a tenant; the same object as long as the tenant's view is.</summary>
    public AdmittedRequest Admit(TenantView tenant)
    {
        var admitted = _admitted;
        return admitted?.Tenant == tenant
            ? admitted
            : _admitted = new AdmittedRequest(tenant, new Requester(credentials!.Extension, null));
    }
}
