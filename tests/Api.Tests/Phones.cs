using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests;

/// <summary>Puts extensions and their registrations into the grains, as a gateway would.</summary>
internal static class Phones
{
    public static async Task Add(this Product product, TenantId tenant, string username)
    {
        var saved = await product.Grains.Extension(tenant, username)
            .Save(new Extension { Username = username }, "phone-secret", Contracts.WriteCondition.None);
        Assert.Null(saved.Problem);
    }

    /// <summary>Registers a device of the extension from 192.0.2.51.</summary>
    public static async Task Register(
        this Product product, TenantId tenant, string username, int port, Transport transport = Transport.Udp, string userAgent = "MicroSIP/3.21.3")
    {
        await product.Add(tenant, username);
        var contact = $"sip:{username}@192.0.2.51:{port}";
        var result = await product.Grains.Extension(tenant, username).Register(new RegisterCommand(
            $"{Guid.NewGuid():N}",
            1,
            [new ContactWish(contact, TimeSpan.FromHours(1), 1000, null, null, contact)],
            RemoveAll: false,
            Path: [],
            new FlowAddress(product.Flow(transport), transport, "192.0.2.51", port, "192.0.2.1:5060"),
            userAgent));
        Assert.Null(result.Problem);
    }

    private static FlowId Flow(this Product product, Transport transport) =>
        new(product.Node.Name, product.Node.Incarnation, transport == Transport.Udp ? 0 : 7);
}
