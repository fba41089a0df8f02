using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests;

/// <summary>What the tests of all projects rely on when they start Azurite.</summary>
public sealed class AzuriteTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Data_in_a_directory_outlives_azurite()
    {
        var directory = Directory.CreateTempSubdirectory("azurite-");
        try
        {
            await using (var first = await AzuriteFixture.Start(directory.FullName))
            {
                var table = new TableClient(first.ConnectionString, "Kept");
                await table.CreateAsync();
                await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
            }

            await using var second = await AzuriteFixture.Start(directory.FullName);
            var read = await new TableClient(second.ConnectionString, "Kept").GetEntityAsync<TableEntity>("p", "r");
            Assert.Equal(1, read.Value.GetInt32("A"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Two_run_side_by_side_without_sharing()
    {
        var name = AzuriteFixture.UniqueName();
        await using var other = new AzuriteFixture();
        await other.InitializeAsync();

        await new TableServiceClient(azurite.ConnectionString).CreateTableAsync(name);

        Assert.Empty(await new TableServiceClient(other.ConnectionString).QueryAsync().ToListAsync());
    }
}
