using System.Threading.Channels;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tests;

/// <summary>A gateway that keeps what it is told.</summary>
internal sealed class RecordingGateway : IGatewayObserver
{
    private readonly Channel<TenantNews> _news = Channel.CreateUnbounded<TenantNews>();
    private readonly Channel<string> _orders = Channel.CreateUnbounded<string>();

    /// <summary>The next news.</summary>
    public Task<TenantNews> NextNews() => _news.Reader.ReadAsync().AsTask().Soon();

    /// <summary>The next thing to do, as text.</summary>
    public Task<string> NextOrder() => _orders.Reader.ReadAsync().AsTask().Soon();

    public async Task OnNews(TenantNews news) => await _news.Writer.WriteAsync(news);

    public async Task OnSend(FlowAddress flow, SipBytes message) =>
        await _orders.Writer.WriteAsync($"send {message.Bytes.Length}");

    public async Task OnReceive(FlowAddress flow, SipBytes message) =>
        await _orders.Writer.WriteAsync($"receive {message.Bytes.Length}");

    public async Task OnDrain(TimeSpan? within) => await _orders.Writer.WriteAsync($"drain {within}");

    public async Task OnDrainTakenBack() => await _orders.Writer.WriteAsync("drain taken back");

    public async Task OnHangUp(Guid call, string reason) =>
        await _orders.Writer.WriteAsync($"hang up {call:N}: {reason}");

    public Task OnFindCallsOver(string node, Guid ticket) => CallsOver?.Invoke(node, ticket) ?? Task.CompletedTask;

    public async Task OnHangUpCallsOver(string node, string reason) =>
        await _orders.Writer.WriteAsync($"hang up over {node}: {reason}");

    /// <summary>What it does when it is asked for its calls over a node; null: nothing.</summary>
    public Func<string, Guid, Task>? CallsOver { get; set; }

    public Task OnHasCall(SoughtCall call, Guid ticket) => HasCall?.Invoke(call, ticket) ?? Task.CompletedTask;

    /// <summary>What it does when it is asked whether it has a call; null: nothing.</summary>
    public Func<SoughtCall, Guid, Task>? HasCall { get; set; }

    public async Task OnFindProgress(Guid call, Guid ticket)
    {
        if (Answer is { } answer)
            await answer(ticket);
    }

    public async Task OnFindTrace(TraceQuery query, Guid ticket)
    {
        if (Answer is { } answer)
            await answer(ticket);
    }

    /// <summary>What it does when it is asked for a trace, or how a call goes; null: nothing.</summary>
    public Func<Guid, Task>? Answer { get; set; }
}
