namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class CycleGrain : Grain, ICycleGrain
{
    public Task<string> Ask(string other, bool askBack)
    {
        var grain = GrainFactory.GetGrain<ICycleGrain>(other);
        return askBack ? grain.Ask(this.GetPrimaryKeyString(), askBack: false) : grain.Answer();
    }

    public Task<string> Answer() => Task.FromResult(this.GetPrimaryKeyString());
}
