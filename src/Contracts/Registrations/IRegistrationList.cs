using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>Lists registrations without waking extensions.</summary>
public interface IRegistrationList
{
    /// <summary>The tenant's AORs with at least one live binding, by username; expired bindings are left out.</summary>
    Task<Page<RegisteredAor>> List(TenantId tenant, PageRequest page, CancellationToken cancel);

    /// <summary>Every AOR of every tenant with a binding on this node: read once when the node starts.</summary>
    IAsyncEnumerable<RegisteredAor> ListByNode(string node, CancellationToken cancel);
}
