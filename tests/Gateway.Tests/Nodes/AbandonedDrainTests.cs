using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>A drain that nobody ends.</summary>
[Collection(nameof(Alone))]
public sealed class AbandonedDrainTests : GatewayTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>What waits for a timer that nobody has any more is continued by the finalizer's thread, and must not stay there.</summary>
    [Fact]
    public async Task A_drain_that_is_left_to_the_garbage_collector_keeps_no_thread_busy()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var clock = LeaveDrain();
        using var patience = new CancellationTokenSource(Soon);
        while (clock.IsAlive)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            GC.Collect();
        }

        var finalizers = Task.Run(GC.WaitForPendingFinalizers, TestContext.Current.CancellationToken);
        await finalizers.WaitAsync(Soon, TestContext.Current.CancellationToken);

        call.HangsUp();
        callee.GetsBye();
    }

    /// <summary>A drain whose clock and all is known to nobody but what waits for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference LeaveDrain()
    {
        var clock = new FakeClock();
#pragma warning disable CA2000 // That it is not disposed is what is tested.
        _ = new NodeDrain(Script.Context.Calls, Script.Carried, Script.Events, clock, NullLogger<NodeDrain>.Instance).Begin(deadline: null);
#pragma warning restore CA2000
        return new WeakReference(clock);
    }
}
