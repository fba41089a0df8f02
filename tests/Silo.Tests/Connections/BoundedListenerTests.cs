using System.Net;
using Microsoft.AspNetCore.Connections;
using TekSipCloud.Silo.Connections;

namespace TekSipCloud.Silo.Tests.Connections;

/// <summary>Connections wait until there is a place for them; with sockets and a limit of open files it is shown with the whole product.</summary>
public sealed class BoundedListenerTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _places = new(2);

    public void Dispose() => _places.Dispose();

    [Fact]
    public async Task A_connection_beyond_the_places_of_all_listeners_is_handed_on_when_another_is_closed()
    {
        await using var sip = new BoundedListener(new Endless(), _places);
        await using var http = new BoundedListener(new Endless(), _places);
        var first = await Accept(sip);
        await Accept(http);

        var third = Accept(sip);
        Assert.False(third.IsCompleted);
        // Kestrel may dispose of one twice; that gives no second place.
        await first!.DisposeAsync();
        await first.DisposeAsync();

        Assert.NotNull(await third.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.False(Accept(http).IsCompleted);
    }

    [Fact]
    public async Task A_listener_where_nobody_comes_keeps_no_place_from_the_others()
    {
        await using var idle = new BoundedListener(new Endless(connections: 0), _places);
        await using var busy = new BoundedListener(new Endless(), _places);

        var nobody = Accept(idle);
        Assert.NotNull(await Accept(busy));
        Assert.NotNull(await Accept(busy));

        Assert.False(nobody.IsCompleted);
    }

    [Fact]
    public async Task A_listener_that_is_to_stop_waits_for_no_place_and_closes_who_waited()
    {
        var endless = new Endless();
        await using var listener = new BoundedListener(endless, _places);
        await Accept(listener);
        await Accept(listener);
        var waiting = Accept(listener);

        await listener.UnbindAsync(TestContext.Current.CancellationToken);

        Assert.Null(await waiting.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.True(endless.Last!.IsDisposed);
        Assert.Null(await Accept(listener));
    }

    [Fact]
    public async Task What_is_set_on_a_connection_reaches_it()
    {
        var endless = new Endless();
        await using var listener = new BoundedListener(endless, _places);
        var connection = (await Accept(listener))!;

        connection.ConnectionId = "id";
        connection.Items["key"] = "value";
        connection.LocalEndPoint = connection.RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 5060);

        var inner = endless.Last!;
        Assert.Equal(("id", "value"), (inner.ConnectionId, inner.Items["key"]));
        Assert.Equal((connection.LocalEndPoint, connection.RemoteEndPoint), (inner.LocalEndPoint, inner.RemoteEndPoint));
        Assert.Same(inner.Features, connection.Features);
        Assert.Equal(inner.ConnectionClosed, connection.ConnectionClosed);
    }

    private static Task<ConnectionContext?> Accept(BoundedListener listener) =>
        listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Has a connection whenever it is asked, so many in all, until it is unbound.</summary>
    private sealed class Endless(int connections = int.MaxValue) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _end = new();
        private int _left = connections;

        public Accepted? Last { get; private set; }

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 5060);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            _end.Task.IsCompleted || _left-- <= 0 ? new(_end.Task) : new(Last = new Accepted());

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _end.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }

    private sealed class Accepted : DefaultConnectionContext
    {
        public bool IsDisposed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) { }

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }
    }
}
