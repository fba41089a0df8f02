using Orleans.Storage;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Persistent state.</summary>
public sealed class StateTests(OneSilo silo) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task State_that_was_written_is_there_after_reactivation()
    {
        var grain = silo.Get<ILedgerGrain>();
        await grain.Add(5, "first").Soon();
        await grain.End().Soon();

        Assert.Equal((5, 1, true), await grain.Read().Soon());
    }

    [Fact]
    public async Task State_that_was_not_written_is_gone_after_reactivation()
    {
        var grain = silo.Get<ILedgerGrain>();
        await grain.Add(5, "first").Soon();
        await grain.AddUnsaved(7).Soon();
        await grain.End().Soon();

        Assert.Equal((5, 1, true), await grain.Read().Soon());
    }

    [Fact]
    public async Task A_new_grain_finds_an_empty_state_and_no_record() =>
        Assert.Equal((0, 0, false), await silo.Get<ILedgerGrain>().Read().Soon());

    [Fact]
    public async Task Cleared_state_is_empty_at_once()
    {
        var grain = silo.Get<ILedgerGrain>();
        await grain.Add(5, "first").Soon();

        await grain.Clear().Soon();

        Assert.Equal((0, 0, false), await grain.Read().Soon());
    }

    [Fact]
    public async Task A_write_against_an_old_ETag_is_an_InconsistentStateException()
    {
        var grain = silo.Get<ILedgerGrain>();
        await grain.Add(5, "first").Soon();
        await grain.WriteElsewhere(70).Soon();

        Assert.Equal(nameof(InconsistentStateException), await grain.Conflict().Soon());
    }

    [Fact]
    public async Task A_conflict_that_reaches_the_caller_ends_the_activation_so_that_the_next_reads_anew()
    {
        var grain = silo.Get<ILedgerGrain>();
        await grain.Add(5, "first").Soon();
        await grain.WriteElsewhere(70).Soon();

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1, "second").Soon());

        Assert.Equal(70, (await grain.Read().Soon()).Balance);
    }
}
