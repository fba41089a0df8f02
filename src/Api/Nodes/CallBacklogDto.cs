using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Nodes;

/// <summary>How far storage is behind a node's calls.</summary>
/// <param name="Waiting">Calls with something that is not in storage yet.</param>
/// <param name="Capacity">As many may wait; beyond, new calls are answered 503.</param>
/// <param name="Journaled">Of those that wait, how many are on the node's disk meanwhile.</param>
/// <param name="AgeSeconds">How long the oldest of them waits; 0 when none does.</param>
internal sealed record CallBacklogDto(int Waiting, int Capacity, int Journaled, double AgeSeconds)
{
    public static CallBacklogDto From(CallBacklogFigures figures) =>
        new(figures.Waiting, figures.Capacity, figures.Journaled, Math.Round(figures.Age.TotalSeconds, 1));
}
