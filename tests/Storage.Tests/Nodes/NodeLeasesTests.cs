using System.Diagnostics;
using Azure.Data.Tables;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Nodes;

public sealed class NodeLeasesTests(StorageFixture storage, AzuriteFixture azurite) : IClassFixture<StorageFixture>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private readonly INodeLeases _leases = storage.Get<INodeLeases>();

    [Fact]
    public async Task A_second_live_incarnation_of_a_node_is_refused_until_the_lease_lapses()
    {
        Assert.True(await Renew("one", "01"));
        Assert.True(await Renew("one", "01"));
        Assert.False(await Renew("one", "02"));

        storage.Clock.Advance(Lifetime);

        Assert.True(await Renew("one", "02"));
        Assert.False(await Renew("one", "01"));
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once_and_still_listed()
    {
        await Renew("two", "01");
        await _leases.Release(new("two", "01"), CancellationToken.None);

        var lease = Assert.Single(await _leases.List(CancellationToken.None), lease => lease.Name == "two");
        Assert.True(lease.Expires <= storage.Clock.GetUtcNow());
        Assert.True(await Renew("two", "02"));
    }

    [Fact]
    public async Task Releasing_does_not_touch_a_successors_lease()
    {
        await Renew("three", "01");
        storage.Clock.Advance(Lifetime);
        await Renew("three", "02");

        await _leases.Release(new("three", "01"), CancellationToken.None);

        Assert.False(await Renew("three", "03"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_lease_whose_answer_is_lost_is_held_and_not_taken_for_a_rivals(string request)
    {
        await using var way = new LossyStorage(azurite.TableEndpoint);
        var leases = new NodeLeases(way.Open(storage), storage.Clock);
        var node = new NodeIdentity($"lossy-{request}", "01");
        if (request == "PUT")
            await leases.Renew(node, Lifetime, CancellationToken.None);

        way.LoseAnswerTo(request);

        Assert.True(await leases.Renew(node, Lifetime, CancellationToken.None));
        Assert.Equal(1, way.Lost);
        Assert.False(await Renew(node.Name, "02"));
    }

    [Fact]
    public async Task A_restart_after_kill_takes_the_lease_of_its_dead_process_at_once()
    {
        using var process = Process.Start("sleep", "600");
        var mark = ProcessMark.Current with { ProcessId = process.Id, Started = "1" };
        await Hold("four", mark);
        Assert.True(mark.IsGone(), "The id is in use, but by a process that started later.");

        Assert.True(await Renew("four", "02"));

        process.Kill();
        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task The_lease_of_another_machines_process_is_never_taken_before_it_lapses()
    {
        await Hold("five", new ProcessMark("elsewhere", int.MaxValue, "1"));

        Assert.False(await Renew("five", "02"));
    }

    [Fact]
    public async Task A_live_node_of_another_process_is_a_rival_and_one_of_this_process_is_not()
    {
        storage.Clock.Advance(Lifetime);
        await Renew("six", "01");
        Assert.Null(await FindRival("seven"));

        await Hold("eight", new ProcessMark("elsewhere", int.MaxValue, "1"));
        Assert.Equal("eight", (await FindRival("seven"))?.Name);
        Assert.Null(await FindRival("eight"));

        storage.Clock.Advance(Lifetime);
        Assert.Null(await FindRival("seven"));
    }

    [Fact]
    public void This_process_is_not_gone() => Assert.False(ProcessMark.Current.IsGone());

    private Task<bool> Renew(string node, string incarnation) =>
        _leases.Renew(new NodeIdentity(node, incarnation), Lifetime, CancellationToken.None);

    private Task<NodeLease?> FindRival(string node) => _leases.FindRival(new NodeIdentity(node, "01"), CancellationToken.None);

    private async Task Hold(string node, ProcessMark holder)
    {
        var row = new TableEntity("!nodes", node);
        JsonColumns.Write(row, new LeaseDocument(node, "01", storage.Clock.GetUtcNow() + Lifetime, holder));
        await storage.Get<StorageTables>().OpenCalls.UpsertEntityAsync(row);
    }
}
