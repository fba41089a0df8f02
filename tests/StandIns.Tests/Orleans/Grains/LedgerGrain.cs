using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class LedgerGrain([PersistentState("ledger")] IPersistentState<Ledger> ledger) : Grain, ILedgerGrain
{
    public Task Add(int amount, string entry)
    {
        ledger.State.Balance += amount;
        ledger.State.Entries.Add(entry);
        return ledger.WriteStateAsync();
    }

    public Task AddUnsaved(int amount)
    {
        ledger.State.Balance += amount;
        return Task.CompletedTask;
    }

    public Task<(int Balance, int Entries, bool IsStored)> Read() =>
        Task.FromResult((ledger.State.Balance, ledger.State.Entries.Count, ledger.RecordExists));

    public Task Clear() => ledger.ClearStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WriteElsewhere(int balance)
    {
        var storage = ServiceProvider.GetRequiredKeyedService<IGrainStorage>("Default");
        var other = new GrainState<Ledger>(new Ledger());
        await storage.ReadStateAsync("ledger", this.GetGrainId(), other);
        other.State.Balance = balance;
        await storage.WriteStateAsync("ledger", this.GetGrainId(), other);
    }

    public async Task<string> Conflict()
    {
        try
        {
            await ledger.WriteStateAsync();
            return "";
        }
        catch (InconsistentStateException conflict)
        {
            return $"{conflict.GetType().Name}";
        }
    }
}
