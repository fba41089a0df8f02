namespace TekSipCloud.Contracts.Nodes;

/// <summary>Whether a gateway takes new calls.</summary>
[GenerateSerializer, Alias("gateway-phase")]
public enum GatewayPhase
{
    /// <summary>It does.</summary>
    Open = 0,

    /// <summary>It takes none, and waits for its last call to end.</summary>
    Draining = 1,

    /// <summary>It takes none, and has none: the process can be stopped.</summary>
    Drained = 2,
}
