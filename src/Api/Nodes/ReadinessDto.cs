namespace TekSipCloud.Api.Nodes;

/// <summary>Whether this process can be given traffic.</summary>
/// <param name="Status"><c>ready</c> or <c>notReady</c>.</param>
/// <param name="Checks">What was asked.</param>
internal sealed record ReadinessDto(string Status, IReadOnlyList<ReadinessCheckDto> Checks)
{
    public const string Ready = "ready";

    public static ReadinessDto From(IReadOnlyList<ReadinessCheckDto> checks) =>
        new(checks.All(check => check.IsReady) ? Ready : "notReady", checks);
}
