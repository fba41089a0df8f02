using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using TekSipCloud.Gateway;

namespace TekSipCloud.Silo.Connections;

/// <summary>
/// Kestrel's sockets, of which all listeners together never have more than <see cref="ConnectionBudget.Accepted"/>. Kestrel accepts whatever
/// comes and refuses afterwards, so a burst of connections would take every file that the process may have open. The runtime opens some to
/// start a thread, and a thread pool that can't start one ends the process.
/// </summary>
internal sealed class BoundedListenerFactory(SocketTransportFactory sockets, ConnectionBudget budget) : IConnectionListenerFactory, IDisposable
{
    private readonly SemaphoreSlim _places = new(budget.Accepted);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await sockets.BindAsync(endpoint, cancellationToken), _places);

    public void Dispose() => _places.Dispose();
}
