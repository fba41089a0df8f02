using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Admission;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>What is kept of an extension.</summary>
/// <param name="credentials">Null when there is no such extension.</param>
/// <param name="read">When it was read, as a timestamp.</param>
internal sealed class CachedExtension(ExtensionCredentials? credentials, long read)
{
    private AdmittedRequest? _admitted;
    private int _isRenewed;

    public ExtensionCredentials? Credentials => credentials;

    public long Read => read;

    /// <summary>Whether the caller is to read it again: one at a time is.</summary>
    public bool TryBeginRenewal() => Interlocked.Exchange(ref _isRenewed, 1) == 0;

    /// <summary>It could not be read.</summary>
    public void FailRenewal() => Volatile.Write(ref _isRenewed, 0);

    /// <summary>The extension as the sender of a request to a tenant; the same object as long as the tenant's view and the domain's mode are.</summary>
    public AdmittedRequest Admit(TenantView tenant, bool isOriginationOnly = false) => Admit(tenant, isOriginationOnly, believed: null);

    /// <summary>The extension as the sender of a request that only says so.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="why">Why it is believed.</param>
    public AdmittedRequest Believe(TenantView tenant, string why) => Admit(tenant, isOriginationOnly: false, why);

    private AdmittedRequest Admit(TenantView tenant, bool isOriginationOnly, string? believed)
    {
        var admitted = _admitted;
        return admitted?.Tenant == tenant && admitted.IsOriginationOnly == isOriginationOnly && admitted.Believed == believed
            ? admitted
            : _admitted = new AdmittedRequest(tenant, new Requester(credentials!.Extension, null), isOriginationOnly, believed);
    }
}
