namespace TekSipCloud.Testing.Phones;

/// <summary>Where in the network a phone is.</summary>
/// <param name="Address">Its own address; in brackets for IPv6.</param>
public sealed record PhonePlace(string Address)
{
    /// <summary>On the test's own loopback.</summary>
    public static PhonePlace Loopback { get; } = new("127.0.0.1");

    /// <summary>The host's address as seen from there; by default the phone has the same.</summary>
    public string ServerAddress { get; init; } = Address;

    /// <summary>Where its control connection listens.</summary>
    public string ControlAddress { get; init; } = "127.0.0.1";

    /// <summary>Its network namespace; null for that of the test.</summary>
    public string? Namespace { get; init; }
}
