using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The table of domains.</summary>
internal sealed class InMemoryDirectory(InMemoryGrains grains) : ITenantDirectory
{
    /// <summary>How often it was looked into.</summary>
    public int Reads { get; private set; }

    public Task<TenantId?> FindByDomain(string domain, CancellationToken cancel)
    {
        Reads++;
        var found = grains.Tenants.FirstOrDefault(t => t.Tenant.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));
        return grains.Weather.Answer(() => found?.Tenant.Id);
    }

    public Task<Page<Tenant>> List(PageRequest page, CancellationToken cancel) => throw new NotSupportedException();
}
