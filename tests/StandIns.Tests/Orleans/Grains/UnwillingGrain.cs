namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class UnwillingGrain : Grain, IUnwillingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("I will not.");

    public Task Call() => Task.CompletedTask;
}
