using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Call-IDs whose messages go to the loop or the node of a call that they have to do with, instead of where they would belong by themselves. Both legs
/// of a call share a loop, also when one of them called by itself. Thread-safe.
/// </summary>
internal sealed class MovedCallIds
{
    private readonly ConcurrentDictionary<byte[], Place> _places = new(new Comparer());
    private volatile int _count;

    /// <summary>Moves a call's messages; false when they are moved already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> callId, Place place)
    {
        if (!_places.TryAdd(callId.ToArray(), place))
            return false;

        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Says where they go after all.</summary>
    public void Set(byte[] callId, Place place) => _places[callId] = place;

    /// <summary>Moves a call's messages, also where they are moved already.</summary>
    public void Put(byte[] callId, Place place)
    {
        if (!TryAdd(callId, place))
            Set(callId, place);
    }

    public void Remove(byte[] callId)
    {
        if (_places.TryRemove(callId, out _))
            Interlocked.Decrement(ref _count);
    }

    /// <summary>Where a call's messages go, if not where they belong by themselves. Asked of every message: nearly always there are none.</summary>
    public bool TryFind(ReadOnlySpan<byte> callId, out Place place)
    {
        place = default;
        return _count > 0 && _places.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(callId, out place);
    }

    /// <summary>The node that they go to; false for this one.</summary>
    public bool TryFindNode(ReadOnlySpan<byte> callId, [NotNullWhen(true)] out string? node)
    {
        node = TryFind(callId, out var place) ? place.Node : null;
        return node is not null;
    }

    /// <summary>A loop of this node, or another node; neither while that is being found out, and what comes meanwhile is lost as on any network.</summary>
    internal readonly record struct Place(TransactionLayer? Layer, string? Node);

    private sealed class Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] callId) => GetHashCode(callId.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => SipMessage.HashCallId(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
