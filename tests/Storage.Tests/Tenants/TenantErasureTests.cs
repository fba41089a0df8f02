using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Registrations;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Storage.Tests.Tenants;

public sealed class TenantErasureTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Erasing_a_tenant_leaves_its_neighbours_alone()
    {
        var gone = Samples.NewTenant();
        var stays = new Contracts.Tenants.TenantId(gone.Value + "-b");
        foreach (var tenant in new[] { gone, stays })
        {
            await storage.Get<RegistrationRows>().Write(tenant, "101", [Samples.Binding("101", Samples.Noon)]);
            await storage.Get<CallHistory>().Write([Samples.Record(Samples.Call(tenant, Samples.Noon))]);
        }

        await storage.Get<TenantErasure>().Erase(gone);

        Assert.Equal((0, 0, 0), await Count(gone));
        Assert.Equal((1, 1, 1), await Count(stays));
    }

    private async Task<(int Registrations, int Calls, int CallsByNumber)> Count(Contracts.Tenants.TenantId tenant)
    {
        var registrations = await storage.Get<IRegistrationList>().List(tenant, new(), CancellationToken.None);
        var calls = await storage.Get<ICallHistory>().List(tenant, new(), new(), CancellationToken.None);
        var byNumber = await storage.Get<ICallHistory>().List(tenant, new(Number: "101"), new(), CancellationToken.None);
        return (registrations.Items.Length, calls.Items.Length, byNumber.Items.Length);
    }
}
