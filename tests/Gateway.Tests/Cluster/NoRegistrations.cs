using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>What is stored when a gateway starts for the first time: nothing.</summary>
internal sealed class NoRegistrations : IRegistrationList
{
    public Task<Page<RegisteredAor>> List(TenantId tenant, PageRequest page, CancellationToken cancel) =>
        Task.FromResult(new Page<RegisteredAor>([], null));

    public IAsyncEnumerable<RegisteredAor> ListByNode(string node, CancellationToken cancel) => AsyncEnumerable.Empty<RegisteredAor>();
}
