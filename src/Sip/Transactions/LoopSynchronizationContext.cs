namespace TekSipCloud.Sip.Transactions;

/// <summary>Brings the continuations of async code that began on a loop back to that loop, in order.</summary>
internal sealed class LoopSynchronizationContext(SignallingLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.PostContinuation(Continue, d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent)
            throw new NotSupportedException("Nobody waits for a signalling loop: post instead.");

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    private static void Continue(object? callback, object? state) => ((SendOrPostCallback)callback!)(state);
}
