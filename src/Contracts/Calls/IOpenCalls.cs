using System.Collections.Immutable;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Reads the calls in progress.</summary>
public interface IOpenCalls
{
    /// <summary>The tenant's calls in progress on live nodes, oldest first.</summary>
    Task<ImmutableArray<CallSummary>> List(TenantId tenant, CancellationToken cancel);

    /// <summary>Every open call of a node, of whatever incarnation.</summary>
    Task<ImmutableArray<CallSummary>> ListByNode(string node, CancellationToken cancel);
}
