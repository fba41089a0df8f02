using Microsoft.Extensions.Hosting;
using TekSipCloud.Gateway.Calls;

namespace TekSipCloud.Gateway;

/// <summary>
/// Ends the calls before anything else stops: Kestrel closes the connections of phones before the silo closes the gateway, and they would
/// stay in calls that are over.
/// </summary>
internal sealed class GatewayFarewell(CallTable calls, CallOutbox outbox, TimeProvider clock) : IHostedLifecycleService
{
    private static readonly TimeSpan HangUpDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        outbox.Close();
        await Task.WhenAny(calls.HangUpAll("The server is being stopped."), Task.Delay(HangUpDeadline, clock, cancellationToken));
        // The time that their records take is what the BYEs need to leave.
        await outbox.Drain(DrainDeadline);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
