using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 7 and 8.</summary>
internal sealed class SessionOperations(IGrainFactory grains, IOpenCalls calls) : ITekSipOperations
{
    public string Path => "/sessions";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.ListSession] = List,
            [TekSipOperation.TerminateSession] = Terminate,
        };

    private async Task<object> List(TekSipCall call)
    {
        var open = await calls.List(call.Tenant, call.Cancel);
        return open.Select(session => new TekSipSession(
            session.Id.ToString("N"),
            session.Caller.Number,
            session.Callee.Number,
            session.Answered ?? session.Started)).ToArray();
    }

    private async Task<object> Terminate(TekSipCall call)
    {
        var sessionId = call.Fields.Demand("SessionId");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (!Guid.TryParse(sessionId, out var id))
            return call.Refuse(NoSuchSession(sessionId));

        var result = await grains.Call(call.Tenant, id).HangUp("Hung up through the TekSIP-compatible API.");
        if (result.Problem is not { } problem)
            return call.Done($"Hung up active call - ({sessionId})");

        return problem.Kind == ProblemKind.NotFound ? call.Refuse(NoSuchSession(sessionId)) : call.Refuse(problem);
    }

    private static string NoSuchSession(string sessionId) => $"There is no active call - ({sessionId})";
}
