using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;

namespace TekSipCloud.Gateway;

/// <summary>
/// Ends the calls before anything else stops: Kestrel closes the connections of phones before the silo closes the gateway, and they would
/// stay in calls that are over.
/// </summary>
internal sealed class GatewayFarewell(
    NodeDrain drain, CallTable calls, CarriedCalls carried, CallOutbox outbox, IOptions<GatewayOptions> options, TimeProvider clock) : IHostedLifecycleService
{
    private static readonly TimeSpan HangUpDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OutboxDeadline = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await Empty(cancellationToken);
        outbox.Close();
        var hungUp = Task.WhenAll(
            calls.HangUpAll("The server is being stopped."), carried.HangUpAll("The node that a party is reached through is being stopped."));
        await Task.WhenAny(hungUp, Task.Delay(HangUpDeadline, clock, cancellationToken));
        // The time that their records take is what the BYEs need to leave.
        await outbox.Drain(OutboxDeadline);
    }

    /// <summary>Lets calls end by themselves, as long as the drain's deadline allows and nobody is impatient.</summary>
    private async Task Empty(CancellationToken cancel)
    {
        if (options.Value.DrainDeadline == TimeSpan.Zero || (calls.Count == 0 && await carried.Count() == 0))
            return;

        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        var drained = drain.Begin(clock.GetUtcNow() + options.Value.DrainDeadline);
        await drained.WaitAsync(impatience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            impatience.Cancel();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
