using Orleans.Configuration;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Collection of idle activations by age, in real time.</summary>
public sealed class CollectionTests
{
    [Fact]
    public async Task An_activation_that_idled_for_the_collection_age_is_ended()
    {
        await using var hosts = await SiloHosts.Start(1, silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            options.CollectionAge = TimeSpan.FromMilliseconds(250);
        }));
        var key = Guid.NewGuid().ToString("N");

        await hosts.Grains(0).GetGrain<ILifeGrain>(key).Number().Soon();

        Assert.Equal(DeactivationReasonCode.ActivationIdle, await Lives.Of(key).NextEnd());
    }
}
