using System.Net;
using System.Runtime.InteropServices;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <summary>Counts the requests that wait for a read, bounded in all and from one source. For one loop.</summary>
internal sealed class PendingReads(int most, int mostFromOne)
{
    private readonly Dictionary<IPAddress, int> _bySource = [];

    /// <summary>Requests that wait now.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a place; false when there is none left, in all or for this address' source.</summary>
    public bool TryEnter(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        if (Count >= most || _bySource.GetValueOrDefault(source) >= mostFromOne)
            return false;

        Count++;
        CollectionsMarshal.GetValueRefOrAddDefault(_bySource, source, out _)++;
        return true;
    }

    /// <summary>Gives a place back that was taken.</summary>
    public void Leave(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        Count--;
        var left = _bySource[source] - 1;
        if (left > 0)
            _bySource[source] = left;
        else
            _bySource.Remove(source);
    }
}
