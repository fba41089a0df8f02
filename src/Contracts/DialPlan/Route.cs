namespace TekSipCloud.Contracts.DialPlan;

/// <summary>Sends numbers with a prefix to a destination. The longest prefix wins, then the lower order.</summary>
[GenerateSerializer, Alias("route")]
public sealed record Route
{
    /// <summary>Names the route; given by the dial plan.</summary>
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>Its place among routes with the same prefix, from 0; given by the dial plan when negative.</summary>
    [Id(1)]
    public int Order { get; init; } = -1;

    /// <summary>The beginning of the numbers it takes, up to 32 characters; empty for the default route.</summary>
    [Id(2)]
    public string Prefix { get; init; } = "";

    /// <summary>The destination's name.</summary>
    [Id(3)]
    public required string Destination { get; init; }

    /// <summary>Whether it is used. Default true.</summary>
    [Id(4)]
    public bool Enabled { get; init; } = true;
}
