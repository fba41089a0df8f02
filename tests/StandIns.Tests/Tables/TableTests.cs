using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>A table of its own for each test, in the assembly's Azurite.</summary>
public abstract class TableTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected AzuriteFixture Azurite { get; } = azurite;

    private protected TableClient Table { get; } = new(azurite.ConnectionString, AzuriteFixture.UniqueName());

    public async ValueTask InitializeAsync() => await Table.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await Table.DeleteAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<T> Read<T>(string partition, string row)
        where T : class, ITableEntity => (await Table.GetEntityAsync<T>(partition, row)).Value;
}
