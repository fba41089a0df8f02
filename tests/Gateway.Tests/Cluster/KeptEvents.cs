using System.Collections.Concurrent;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The event log.</summary>
internal sealed class KeptEvents : IEventLog
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public void Write(TenantId tenant, EventType type, string message) => Messages.Enqueue(message);

    public Task<Page<EventEntry>> List(TenantId tenant, PageRequest page, CancellationToken cancel) => throw new NotSupportedException();

    public Task Clear(TenantId tenant, CancellationToken cancel) => throw new NotSupportedException();
}
