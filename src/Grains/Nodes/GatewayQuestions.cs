using TekSipCloud.Contracts;

namespace TekSipCloud.Grains.Nodes;

/// <summary>What a gateway was asked and has not answered: observers are told, they return nothing. Runs in its grain's turns.</summary>
internal sealed class GatewayQuestions<T>(TimeProvider clock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private readonly Dictionary<Guid, TaskCompletionSource<T>> _open = [];

    /// <summary>Asks with a ticket that comes back with the answer. NotFound when nobody is there to be asked, or does not answer in time.</summary>
    public async Task<Result<T>> Ask(string node, Func<Guid, Task<Result>> tell)
    {
        var ticket = Guid.NewGuid();
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[ticket] = answer;
        try
        {
            var told = await tell(ticket);
            return told.Problem is { } problem ? problem : await answer.Task.WaitAsync(Deadline, clock);
        }
        catch (TimeoutException)
        {
            return Problem.NotFound($"The gateway of node '{node}' does not answer.");
        }
        finally
        {
            _open.Remove(ticket);
        }
    }

    public Task Take(Guid ticket, T answer)
    {
        if (_open.TryGetValue(ticket, out var open))
            open.TrySetResult(answer);

        return Task.CompletedTask;
    }
}
