namespace TekSipCloud.Contracts.Nodes;

/// <summary>One thing that must work before this process is given traffic; <c>/health/ready</c> asks all of them.</summary>
public interface IReadinessCheck
{
    /// <summary>Names it for people, e.g. <c>storage</c>; shown to anyone who asks, so it tells nothing else.</summary>
    string Name { get; }

    /// <summary>What stands in the way, in one sentence for the log; null when ready. An exception counts as an obstacle.</summary>
    Task<string?> FindObstacle(CancellationToken cancel);
}
