namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface ILedgerGrain : IGrainWithStringKey
{
    Task Add(int amount, string entry);

    Task AddUnsaved(int amount);

    Task<(int Balance, int Entries, bool IsStored)> Read();

    Task Clear();

    Task End();

    /// <summary>Writes through a second handle on the same record, behind this one's back.</summary>
    Task WriteElsewhere(int balance);

    Task<string> Conflict();
}
