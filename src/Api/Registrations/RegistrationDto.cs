using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Api.Registrations;

/// <summary>A device at which an extension can be reached.</summary>
/// <param name="Username">The extension.</param>
/// <param name="Contact">The Contact's URI as the phone wrote it.</param>
/// <param name="UserAgent">What the phone calls itself; empty for nothing.</param>
/// <param name="Address">The phone's address as we see it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Transport">The transport.</param>
/// <param name="Node">The node that holds its flow.</param>
/// <param name="Registered">When it first registered.</param>
/// <param name="Expires">When the registration ends unless it is refreshed.</param>
/// <param name="Q">Preference, 0 to 1.</param>
/// <param name="Unreachable">Whether it left the last keep-alives without an answer, and is not called for that.</param>
internal sealed record RegistrationDto(
    string Username,
    string Contact,
    string UserAgent,
    string Address,
    int Port,
    Transport Transport,
    string Node,
    DateTimeOffset Registered,
    DateTimeOffset Expires,
    double Q,
    bool Unreachable)
{
    public static RegistrationDto From(string username, Binding binding) => new(
        username,
        binding.Contact,
        binding.UserAgent,
        binding.Flow.RemoteAddress,
        binding.Flow.RemotePort,
        binding.Flow.Transport,
        binding.Flow.Id.Node,
        binding.Registered,
        binding.Expires,
        binding.Q / 1000.0,
        binding.IsUnreachable);
}
