using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Admission;

/// <summary>A new request that may be worked on: whose it is and who sent it.</summary>
internal sealed record AdmittedRequest(TenantView Tenant, Requester Requester);
