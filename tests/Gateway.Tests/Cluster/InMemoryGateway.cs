using System.Collections.Concurrent;
using System.Text;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The door to another node: what it was given to send and to take.</summary>
internal sealed class InMemoryGateway(Weather weather) : IGatewayGrain
{
    /// <summary>What that node shall send to its phones.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>What that node was handed because it is its own.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    public Task<Result> Send(FlowAddress flow, SipBytes message) => weather.Answer(() => Keep(Sent, message));

    public Task<Result> Receive(FlowAddress flow, SipBytes message) => weather.Answer(() => Keep(Received, message));

    public Task Attach(IGatewayObserver gateway, string incarnation) => throw new NotSupportedException();

    public Task Detach(string incarnation) => throw new NotSupportedException();

    public Task<Result> HangUp(Guid call, string reason) => throw new NotSupportedException();

    public Task Report(string incarnation, GatewayState state) => throw new NotSupportedException();

    public Task<GatewayState?> GetState() => throw new NotSupportedException();

    public Task<Result> Drain(TimeSpan? within) => throw new NotSupportedException();

    public Task<Result> TakeBackDrain() => throw new NotSupportedException();

    public Task<Result<CallTrace>> FindTrace(TraceQuery query) => throw new NotSupportedException();

    public Task TakeTrace(Guid ticket, CallTrace trace) => throw new NotSupportedException();

    private static Result Keep(ConcurrentQueue<string> messages, SipBytes message)
    {
        messages.Enqueue(Encoding.UTF8.GetString(message.Bytes.AsSpan()));
        return Result.Done;
    }
}
