using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Admission;

/// <summary>A new request that may be worked on: whose it is and who sent it. The same object for all requests of an extension.</summary>
internal sealed class AdmittedRequest(TenantView tenant, Requester requester)
{
    public TenantView Tenant => tenant;

    public Requester Requester => requester;

    /// <summary>The sender's AOR as it was last found among those whose refreshes are answered here.</summary>
    public KnownAor? Aor { get; set; }
}
