using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Sounds;

namespace TekSipCloud.Storage.Tests.Sounds;

/// <summary>Sounds in storage: each by its id and tenant alone, removed one by one and with their tenant.</summary>
public sealed class SoundStoreTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly byte[] Audio = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];

    private readonly SoundStore _store = storage.Get<SoundStore>();
    private readonly TenantId _tenant = Samples.NewTenant();
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_heard_by_its_tenant_alone_until_it_is_deleted()
    {
        await _store.Keep(_tenant, _id, Audio, Cancel);

        Assert.Equal(Audio, await Hear(_tenant, _id));
        Assert.Null(await Hear(Samples.NewTenant(), _id));
        Assert.Null(await Hear(_tenant, Guid.CreateVersion7()));

        await _store.Delete(_tenant, _id, Cancel);
        Assert.Null(await Hear(_tenant, _id));
        await _store.Delete(_tenant, _id, Cancel);
    }

    [Fact]
    public async Task With_the_tenant_go_its_sounds_and_nobody_elses()
    {
        var neighbour = new TenantId($"{_tenant}-2");
        await _store.Keep(_tenant, _id, Audio, Cancel);
        await _store.Keep(neighbour, _id, Audio, Cancel);

        await _store.Erase(_tenant);

        Assert.Null(await Hear(_tenant, _id));
        Assert.Equal(Audio, await Hear(neighbour, _id));
    }

    private async Task<byte[]?> Hear(TenantId tenant, Guid id)
    {
        await using var stream = await _store.Open(tenant, id, Cancel);
        if (stream is null)
            return null;

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
