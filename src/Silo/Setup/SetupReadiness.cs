using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Silo.Setup;

/// <summary>Ready once the first run's work is done.</summary>
internal sealed class SetupReadiness : IReadinessCheck
{
    private volatile bool _isDone;

    public string Name => "setup";

    public void Done() => _isDone = true;

    public Task<string?> FindObstacle(CancellationToken cancel) =>
        Task.FromResult(_isDone ? null : "The first run's set-up is not done.");
}
