using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>The system's calls, but receiving on one port fails in a way that nobody foresaw.</summary>
internal sealed class FaultyIo : IRelayIo
{
    private readonly IRelayIo _inner = MediaRelay.CreateIo();

    public MediaSocket? Broken { get; set; }

    public void Watch(MediaSocket socket, ulong key) => _inner.Watch(socket, key);

    public void Unwatch(MediaSocket socket) => _inner.Unwatch(socket);

    public int Wait(Span<ulong> ready, int timeoutMilliseconds) => _inner.Wait(ready, timeoutMilliseconds);

    public void Wake() => _inner.Wake();

    public int Receive(MediaSocket socket, Span<byte> buffer, ref PeerAddress from) =>
        socket == Broken ? throw new InvalidOperationException("broken") : _inner.Receive(socket, buffer, ref from);

    public bool Send(MediaSocket socket, ReadOnlySpan<byte> packet, in PeerAddress to) => _inner.Send(socket, packet, to);

    public void Dispose() => _inner.Dispose();
}
