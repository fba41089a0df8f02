using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>The system's calls, with something done at a chosen moment of the relay's turn, each once.</summary>
internal sealed class ScriptedIo : IRelayIo
{
    private readonly IRelayIo _inner = MediaRelay.CreateIo();

    /// <summary>When the system has said which ports are ready, before any is read.</summary>
    public Action? OnAnnounced { get; set; }

    /// <summary>When a packet is read, before anything is known of it.</summary>
    public Action? OnReceived { get; set; }

    /// <summary>When a packet is about to be passed on.</summary>
    public Action? OnSending { get; set; }

    /// <summary>How often the relay's thread was woken by something other than a packet.</summary>
    public int Wakes { get; private set; }

    public void Watch(MediaSocket socket, ulong key) => _inner.Watch(socket, key);

    public void Unwatch(MediaSocket socket) => _inner.Unwatch(socket);

    public int Wait(Span<ulong> ready, int timeoutMilliseconds)
    {
        var count = _inner.Wait(ready, timeoutMilliseconds);
        if (count > 0)
            DoOnce(OnAnnounced, () => OnAnnounced = null);
        return count;
    }

    public void Wake()
    {
        Wakes++;
        _inner.Wake();
    }

    public int Receive(MediaSocket socket, Span<byte> buffer, ref PeerAddress from)
    {
        var received = _inner.Receive(socket, buffer, ref from);
        DoOnce(OnReceived, () => OnReceived = null);
        return received;
    }

    public bool Send(MediaSocket socket, ReadOnlySpan<byte> packet, in PeerAddress to)
    {
        DoOnce(OnSending, () => OnSending = null);
        return _inner.Send(socket, packet, to);
    }

    public void Dispose() => _inner.Dispose();

    private static void DoOnce(Action? script, Action forget)
    {
        forget();
        script?.Invoke();
    }
}
