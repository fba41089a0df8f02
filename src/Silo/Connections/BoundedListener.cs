using System.Net;
using Microsoft.AspNetCore.Connections;

namespace TekSipCloud.Silo.Connections;

/// <summary>A listener that hands on no connection, and so accepts no other, until there is a place for it. What comes meanwhile waits in the system's backlog.</summary>
/// <param name="listener">Who accepts.</param>
/// <param name="places">Those of all listeners; a connection has one until its socket is closed.</param>
internal sealed class BoundedListener(IConnectionListener listener, SemaphoreSlim places) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => listener.EndPoint;

    // The place is taken after the accept: before it, a listener where nobody comes would keep one from the others.
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (await listener.AcceptAsync(cancellationToken) is not { } connection)
            return null;

        try
        {
            await places.WaitAsync(_unbound.Token);
            return new BoundedConnection(connection, places);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            connection.Abort();
            await connection.DisposeAsync();
            return null;
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await listener.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _unbound.CancelAsync();
        await listener.DisposeAsync();
        _unbound.Dispose();
    }
}
