namespace TekSipCloud.Api.Nodes;

/// <summary>How to drain a node.</summary>
/// <param name="WithinSeconds">After how long the calls that are left are ended, 0 to 86,400; null to wait for them however long they take.</param>
internal sealed record DrainInput(int? WithinSeconds)
{
    /// <summary>A day.</summary>
    public const int MostSeconds = 86_400;
}
