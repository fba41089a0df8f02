namespace Orleans.Runtime;

/// <summary>Where a silo is in its life.</summary>
[GenerateSerializer]
public enum SiloStatus
{
    None,
    Created,
    Joining,
    Active,
    ShuttingDown,
    Stopping,
    Dead,
}
