using System.Runtime.CompilerServices;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>RFC 3261 §17.2, RFC 6026 §7: what is answered for 32 s after a call needs nothing of the call.</summary>
[Collection(nameof(Alone))]
public sealed class FinishedCallTests : GatewayTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_call_that_is_over_is_garbage_while_its_retransmissions_are_still_answered()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = Call(alice, bob, out var bye);
        // The loop remembers whose dialog was the last that it looked for.
        Call(alice, bob, out _);

        Assert.True(SpinWait.SpinUntil(() => IsGone(call), Patience), "Something holds the call.");
        alice.Sends(bye);
        alice.Gets(200);
        Assert.NotEqual(0, Script.Gateway.Layer.ServerTransactions);
    }

    private static bool IsGone(WeakReference call)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !call.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Call(Phone alice, Phone bob, out string bye)
    {
        var (caller, callee) = Answered(alice, bob);
        var call = new WeakReference(Assert.Single(Script.Context.Calls.All));
        bye = caller.TextOf("BYE", alice);
        alice.Sends(bye);
        alice.Gets(200);
        callee.GetsBye();
        return call;
    }
}
