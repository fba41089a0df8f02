using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>A request whose answer is a <typeparamref name="T"/>.</summary>
internal sealed class Call<T>(GrainMethod method, object?[] arguments, GrainId target, Silo caller, Activation? source)
    : Call(method, arguments, target, caller, source)
{
    // The waiting code must never run on the activation that answers.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void ReleaseCaller() => _answer.TrySetResult(default!);

    protected override void SetResult(object? result) => _answer.TrySetResult(result is null ? default! : (T)result);

    protected override void SetError(Exception error)
    {
        if (error is OperationCanceledException cancelled)
            _answer.TrySetCanceled(cancelled.CancellationToken);
        else
            _answer.TrySetException(error);
    }
}
