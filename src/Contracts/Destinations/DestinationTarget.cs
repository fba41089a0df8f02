namespace TekSipCloud.Contracts.Destinations;

/// <summary>A destination as gateways keep it.</summary>
/// <param name="Destination">Its settings.</param>
/// <param name="ProtectedPassword">The password as <see cref="Security.ISecretProtector"/> made it for
/// <see cref="DestinationKey.PasswordPurpose"/>; null for none.</param>
[GenerateSerializer, Alias("destination-target")]
public sealed record DestinationTarget(
    [property: Id(0)] Destination Destination,
    [property: Id(1)] string? ProtectedPassword)
{
    /// <summary>Names the destination only.</summary>
    public override string ToString() => $"target {Destination.Name}";
}
