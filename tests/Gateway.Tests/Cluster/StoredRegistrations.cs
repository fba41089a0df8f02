using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>What is stored when a gateway starts.</summary>
internal sealed class StoredRegistrations : IRegistrationList
{
    public List<RegisteredAor> Aors { get; } = [];

    public Task<Page<RegisteredAor>> List(TenantId tenant, PageRequest page, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<RegisteredAor> ListByNode(string node, CancellationToken cancel) =>
        Aors.Where(aor => aor.Bindings.Any(b => b.Flow.Id.Node == node)).ToAsyncEnumerable();
}
