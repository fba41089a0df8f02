using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Keeps the books of one node's calls: rows of those in progress, CDRs of those that are over. Key: the node's name.</summary>
[Alias("ICallBookGrain")]
public interface ICallBookGrain : IGrainWithStringKey
{
    /// <summary>
    /// Writes reports, each of another call; ends when all are durable. May be repeated. The CDR of a call whose tenant is gone is dropped.
    /// </summary>
    Task Write(ImmutableArray<CallReport> reports);
}
