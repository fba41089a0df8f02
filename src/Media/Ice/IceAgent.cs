using System.Buffers.Binary;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Stun;

namespace TekSipCloud.Media.Ice;

/// <summary>
/// The lite side of ICE on one port (RFC 8445 §2.5): never asks, answers each check that knows our password, and takes the path that the party
/// names. Consent checks (RFC 7675) are such checks and are answered alike.
/// </summary>
/// <remarks>Allocates nothing per datagram. One thread at a time.</remarks>
internal sealed class IceAgent(IceCredentials local, TimeProvider clock)
{
    /// <summary>The most bytes of an answer.</summary>
    public const int MaxAnswerBytes = 160;

    /// <summary>How many addresses of a party are remembered.</summary>
    public const int MaxPaths = 8;

    private const int Binding = 1;
    private const int MaxUnknown = 8;

    // Longer than a browser waits before it checks the path it uses again.
    private static readonly TimeSpan NominationHold = TimeSpan.FromSeconds(3);

    private readonly IcePath[] _paths = new IcePath[MaxPaths];
    private IceCredentials _local = local;
    private IceCredentials? _previous;
    private int _generation = 1;
    private int _selected = -1;

    /// <summary>Our present credentials.</summary>
    public IceCredentials Local => _local;

    /// <summary>Whether the party has named a path.</summary>
    public bool HasSelected => _selected >= 0;

    /// <summary>Where the party wants its packets (RFC 8445 §8.1.1); nowhere before <see cref="HasSelected"/>.</summary>
    public PeerAddress Selected => HasSelected ? _paths[_selected].Address : default;

    /// <summary>When the party last showed that it wants packets at <see cref="Selected"/> (RFC 7675 §5.1), in the clock's ticks.</summary>
    public long LastConsent => HasSelected ? _paths[_selected].LastCheck : 0;

    /// <summary>Whether an address is one the party was checked at: nobody else's packets are its own.</summary>
    public bool Permits(in PeerAddress from) => Find(from) >= 0;

    /// <summary>Begins anew with other credentials (RFC 8445 §9). The old path lives until the party names one with the new ones.</summary>
    public void Restart(IceCredentials next)
    {
        if (HasSelected && _paths[_selected].Generation == _generation)
            _previous = _local;
        _local = next;
        _generation++;
    }

    /// <summary>Takes in a datagram that looks like STUN.</summary>
    /// <param name="datagram">Whatever came.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="answer">Room for <see cref="MaxAnswerBytes"/>.</param>
    /// <returns>Bytes of the answer to send back; 0 for none.</returns>
    public int Answer(ReadOnlySpan<byte> datagram, in PeerAddress from, Span<byte> answer)
    {
        // RFC 8445 §7.1.1: checks have a fingerprint. Indications keep a NAT's way open and get no answer, and we asked nobody anything.
        if (!StunMessage.TryParse(datagram, out var message) || !message.HasFingerprint()
            || message.Class != StunClass.Request || message.Method != Binding)
            return 0;

        // RFC 8489 §9.1.3: in this order, and an error in credentials is answered without any.
        if (!message.HasIntegrity || !message.TryFind(StunAttributeType.Username, out var username))
            return Refuse(answer, message, 400, "Bad Request"u8, default);

        var credentials = FindCredentials(username, out var generation);
        if (credentials is null || !message.IsSignedBy(credentials.Password))
            return Refuse(answer, message, 401, "Unauthorized"u8, default);

        Span<ushort> unknown = stackalloc ushort[MaxUnknown];
        var unknownCount = CollectUnknown(message, unknown);
        if (unknownCount > 0)
            return RefuseUnknown(answer, message, unknown[..unknownCount], credentials.Password);

        // RFC 8445 §7.3.1.1: who is lite stays controlled, so the other is told to change its role.
        if (message.TryFind(StunAttributeType.IceControlled, out _))
            return Refuse(answer, message, 487, "Role Conflict"u8, credentials.Password);

        Note(message, from, generation);
        return Accept(answer, message, from, credentials.Password);
    }

    private static int Accept(Span<byte> answer, in StunMessage message, in PeerAddress from, ReadOnlySpan<byte> password)
    {
        var writer = new StunWriter(answer, StunClass.Success, message.TransactionId);
        writer.AddXorMappedAddress(from);
        return Finish(writer, password);
    }

    private static int Refuse(Span<byte> answer, in StunMessage message, int code, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> password)
    {
        var writer = new StunWriter(answer, StunClass.Error, message.TransactionId);
        writer.AddErrorCode(code, reason);
        return Finish(writer, password);
    }

    private static int RefuseUnknown(Span<byte> answer, in StunMessage message, ReadOnlySpan<ushort> unknown, ReadOnlySpan<byte> password)
    {
        var writer = new StunWriter(answer, StunClass.Error, message.TransactionId);
        writer.AddErrorCode(420, "Unknown Attribute"u8);
        writer.AddUnknownAttributes(unknown);
        return Finish(writer, password);
    }

    private static int Finish(StunWriter writer, ReadOnlySpan<byte> password)
    {
        if (!password.IsEmpty)
            writer.Sign(password);
        writer.AddFingerprint();
        return writer.Length;
    }

    private static int CollectUnknown(in StunMessage message, Span<ushort> unknown)
    {
        var count = 0;
        foreach (var attribute in message.Attributes)
        {
            var isKnown = attribute.Type is StunAttributeType.Username or StunAttributeType.Priority or StunAttributeType.UseCandidate
                or StunAttributeType.MessageIntegritySha256;
            if (attribute.MustBeUnderstood && !isKnown && count < unknown.Length)
                unknown[count++] = (ushort)attribute.Type;
        }

        return count;
    }

    // RFC 8445 §7.3: a user name is ours when what stands before its colon is our fragment.
    private IceCredentials? FindCredentials(ReadOnlySpan<byte> username, out int generation)
    {
        var colon = username.IndexOf((byte)':');
        var fragment = colon < 0 ? default : username[..colon];
        generation = _generation;
        if (fragment.SequenceEqual(_local.Fragment))
            return _local;

        generation = _generation - 1;
        return _previous is { } previous && fragment.SequenceEqual(previous.Fragment) ? previous : null;
    }

    private void Note(in StunMessage message, in PeerAddress from, int generation)
    {
        var now = clock.GetTimestamp();
        var place = Find(from);
        if (place < 0)
            place = Forget();

        ref var path = ref _paths[place];
        path.Address = from;
        path.Generation = Math.Max(path.Generation, generation);
        path.LastCheck = now;
        if (message.TryFind(StunAttributeType.Priority, out var priority) && priority.Length == sizeof(uint))
            path.Priority = BinaryPrimitives.ReadUInt32BigEndian(priority);
        if (message.TryFind(StunAttributeType.UseCandidate, out _))
            Nominate(place, now);
    }

    /// <summary>The place of the path longest unheard; never the selected one's.</summary>
    private int Forget()
    {
        var oldest = -1;
        for (var i = 0; i < _paths.Length; i++)
        {
            if (i != _selected && (oldest < 0 || _paths[i].LastCheck < _paths[oldest].LastCheck))
                oldest = i;
        }

        _paths[oldest] = default;
        return oldest;
    }

    private void Nominate(int place, long now)
    {
        _paths[place].LastNomination = now;
        if (place != _selected && (!HasSelected || Outweighs(_paths[place], _paths[_selected], now)))
            _selected = place;

        // RFC 8445 §9: the old session ends when the new one has a path.
        if (_previous is not null && _paths[_selected].Generation == _generation)
            EndPrevious();
    }

    /// <summary>
    /// Who names many paths at once means the one of the highest priority (RFC 5245 §8.1.1.2); who goes on naming another one than before has
    /// moved.
    /// </summary>
    private bool Outweighs(in IcePath next, in IcePath present, long now) =>
        next.Generation > present.Generation
        || next.Generation == present.Generation
            && (next.Priority >= present.Priority || clock.GetElapsedTime(present.LastNomination, now) >= NominationHold);

    private void EndPrevious()
    {
        _previous = null;
        foreach (ref var path in _paths.AsSpan())
        {
            if (path.Generation < _generation)
                path = default;
        }
    }

    private int Find(in PeerAddress from)
    {
        for (var i = 0; i < _paths.Length; i++)
        {
            if (_paths[i].Generation > 0 && _paths[i].Address.IsSameAs(from))
                return i;
        }

        return -1;
    }
}
