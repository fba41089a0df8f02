using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The door to another node: what it was given to send and to take.</summary>
internal sealed class InMemoryGateway(Weather weather) : IGatewayGrain
{
    /// <summary>What that node shall send to its phones.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>What that node was handed because it is its own.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>The node itself, where a script runs it; null when there is only its door.</summary>
    public SipScript? Script { get; set; }

    /// <summary>Whether it leaves questions unanswered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether what it is to take does not get there.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>What it was told of calls over another node.</summary>
    public ConcurrentQueue<string> HungUp { get; } = new();

    public Task<Result> Send(FlowAddress flow, SipBytes message) => weather.Answer(() =>
    {
        _ = Script?.Observer.OnSend(flow, message);
        return Keep(Sent, message);
    });

    public Task<Result> Receive(FlowAddress flow, SipBytes message) => weather.Answer(() =>
    {
        if (IsCutOff)
            throw new TimeoutException("The node does not answer.");

        _ = Script?.Observer.OnReceive(flow, message);
        return Keep(Received, message);
    });

    public async Task<Result<ImmutableArray<FlowId>>> FindCallsOver(string node)
    {
        if (IsSilent)
            await new TaskCompletionSource().Task;
        return Script is { } script ? await script.Context.Calls.FindOver(node) : Problem.NotFound("There is only a door.");
    }

    public Task TakeCallsOver(Guid ticket, ImmutableArray<FlowId> flows) => throw new NotSupportedException();

    public Task<Result> HangUpCallsOver(string node, string reason)
    {
        HungUp.Enqueue($"{node}: {reason}");
        _ = Script?.Observer.OnHangUpCallsOver(node, reason);
        return Task.FromResult(Result.Done);
    }

    public Task Attach(IGatewayObserver gateway, string incarnation) => throw new NotSupportedException();

    public Task Detach(string incarnation) => throw new NotSupportedException();

    public Task<Result> HangUp(Guid call, string reason) => throw new NotSupportedException();

    public Task Report(string incarnation, GatewayState state) => throw new NotSupportedException();

    public Task<GatewayState?> GetState() => throw new NotSupportedException();

    public Task<Result> Drain(TimeSpan? within) => throw new NotSupportedException();

    public Task<Result> TakeBackDrain() => throw new NotSupportedException();

    public Task<Result<bool>> HasCall(SoughtCall call) => IsSilent
        ? new TaskCompletionSource<Result<bool>>().Task
        : weather.Answer(() => Script is { } script ? script.Context.Calls.Find(call) is not null : (Result<bool>)Problem.NotFound("There is only a door."));

    public Task TakeHasCall(Guid ticket, bool hasCall) => throw new NotSupportedException();

    public Task<Result<CallProgress>> FindProgress(Guid call) => throw new NotSupportedException();

    public Task TakeProgress(Guid ticket, CallProgress? progress) => throw new NotSupportedException();

    public Task<Result<CallTrace>> FindTrace(TraceQuery query) => throw new NotSupportedException();

    public Task TakeTrace(Guid ticket, CallTrace trace) => throw new NotSupportedException();

    private static Result Keep(ConcurrentQueue<string> messages, SipBytes message)
    {
        messages.Enqueue(Encoding.UTF8.GetString(message.Bytes.AsSpan()));
        return Result.Done;
    }
}
