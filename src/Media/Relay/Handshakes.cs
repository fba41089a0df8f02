namespace TekSipCloud.Media.Relay;

/// <summary>The DTLS handshakes of a loop that are not over: flights that get no answer are sent again in time. Of the loop's thread.</summary>
internal sealed class Handshakes
{
    private readonly List<SharedPort> _ports = [];

    /// <summary>How long the loop may wait for packets; −1 for as long as it likes.</summary>
    public int WaitMilliseconds { get; private set; } = Timeout.Infinite;

    /// <summary>Has a port looked after until it waits for nothing any more.</summary>
    public void Add(SharedPort port)
    {
        if (!_ports.Contains(port))
            _ports.Add(port);
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeouts()
    {
        if (_ports.Count == 0)
            return;

        TimeSpan? least = null;
        for (var i = _ports.Count - 1; i >= 0; i--)
        {
            var port = _ports[i];
            if (!port.IsInUse || port.HandleTimeout() is not { } left)
                _ports.RemoveAt(i);
            else if (least is null || left < least)
                least = left;
        }

        // A millisecond more, so that it is never asked too early.
        WaitMilliseconds = least is { } wait ? (int)wait.TotalMilliseconds + 1 : Timeout.Infinite;
    }
}
