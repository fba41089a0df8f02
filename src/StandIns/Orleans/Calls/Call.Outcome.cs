using Orleans.Runtime;

namespace Orleans.Calls;

/// <summary>How a call ends: exactly once, by answer, failure, time-out, cancellation or the loss of its silo.</summary>
internal abstract partial class Call
{
    private int _over;

    public override bool IsOver => Volatile.Read(ref _over) != 0;

    public void Succeed(object? result)
    {
        if (TryEnd())
            SetResult(result);
    }

    public void Fail(Exception error)
    {
        if (TryEnd())
            SetError(error);
    }

    public void TimeOut(TimeSpan waited, bool cancelsServing)
    {
        if (!TryEnd())
            return;

        if (cancelsServing)
            CancelServing();

        SetError(new TimeoutException($"Response did not arrive on time in {waited} for message: {this}."));
    }

    public void LoseServer() =>
        Fail(new SiloUnavailableException($"The target silo became unavailable for message: {this}."));

    /// <summary>A one-way call's caller goes on at once.</summary>
    public abstract void ReleaseCaller();

    protected abstract void SetResult(object? result);

    protected abstract void SetError(Exception error);

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return false;

        Caller.Outstanding.Remove(this);
        _callerToken.Dispose();
        return true;
    }
}
