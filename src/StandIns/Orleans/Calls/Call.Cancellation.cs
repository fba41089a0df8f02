using System.Diagnostics.CodeAnalysis;

namespace Orleans.Calls;

/// <summary>A caller's token can not cross; the grain gets one that follows it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The grain may keep the token for longer than the call; the source holds nothing but memory.")]
internal abstract partial class Call
{
    private CancellationTokenSource? _serving;
    private CancellationTokenRegistration _callerToken;
    private CancellationToken _sentToken;

    public bool IsCancelledAlready(out CancellationToken token)
    {
        token = _sentToken;
        return token.IsCancellationRequested;
    }

    /// <summary>Starts to follow the caller's token; the call must be addressed.</summary>
    public void FollowToken()
    {
        if (!_sentToken.CanBeCanceled)
            return;

        _callerToken = _sentToken.UnsafeRegister(static call => ((Call)call!).CancelByCaller(), this);
        if (IsOver)
            _callerToken.Dispose();
    }

    private void AdoptToken()
    {
        if (Method.CancellationIndex < 0)
            return;

        _sentToken = (CancellationToken)_sent[Method.CancellationIndex]!;
        _serving = new CancellationTokenSource();
        _sent[Method.CancellationIndex] = _serving.Token;
    }

    private void CancelByCaller()
    {
        CancelServing();
        Fail(new OperationCanceledException(_sentToken));
    }

    private void CancelServing()
    {
        if (_serving is not { } serving)
            return;

        if (Host is { } activation)
            activation.QueueAction(serving.Cancel);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), serving, preferLocal: false);
    }
}
