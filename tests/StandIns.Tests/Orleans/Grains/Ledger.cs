namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GenerateSerializer]
public sealed class Ledger
{
    [Id(0)]
    public int Balance { get; set; }

    [Id(1)]
    public List<string> Entries { get; set; } = [];
}
