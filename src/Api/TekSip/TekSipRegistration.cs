using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Api.TekSip;

/// <summary>A registered device as operation 16 lists it.</summary>
internal sealed record TekSipRegistration(
    string EndpointId, string UserAgent, string IPAddress, int Port, int Transport, DateTimeOffset Expires, string Status)
{
    private const string Online = "online";

    public static TekSipRegistration From(string username, Binding binding) => new(
        username,
        binding.UserAgent,
        binding.Flow.RemoteAddress,
        binding.Flow.RemotePort,
        (int)binding.Flow.Transport,
        binding.Expires,
        Online);
}
