namespace TekSipCloud.Contracts.Tenants;

/// <summary>Finds tenants without waking them.</summary>
public interface ITenantDirectory
{
    /// <summary>The tenant that has this SIP domain (host name or address, any case, IPv6 with or without brackets); null for none.</summary>
    Task<TenantId?> FindByDomain(string domain, CancellationToken cancel);

    /// <summary>All tenants by id.</summary>
    Task<Page<Tenant>> List(PageRequest page, CancellationToken cancel);
}
