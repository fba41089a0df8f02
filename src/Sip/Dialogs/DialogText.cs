using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>What a dialog keeps of the messages that made it, in one piece of memory.</summary>
internal readonly struct DialogText
{
    private readonly byte[] _bytes;
    private readonly int _local;
    private readonly int _remote;
    private readonly int _target;
    private readonly int _localTag;
    private readonly int _remoteTag;

    private DialogText(byte[] bytes, int local, int remote, int target, int localTag, int remoteTag)
    {
        _bytes = bytes;
        _local = local;
        _remote = remote;
        _target = target;
        _localTag = localTag;
        _remoteTag = remoteTag;
    }

    public ReadOnlySpan<byte> CallId => _bytes.AsSpan(0, _local);

    /// <summary>From of our requests.</summary>
    public ReadOnlySpan<byte> Local => _bytes.AsSpan(_local.._remote);

    /// <summary>To of our requests.</summary>
    public ReadOnlySpan<byte> Remote => _bytes.AsSpan(_remote.._target);

    /// <summary>The peer's first Contact URI.</summary>
    public ReadOnlySpan<byte> RemoteTarget => _bytes.AsSpan(_target);

    public ReadOnlySpan<byte> LocalTag => _bytes.AsSpan(_localTag.._remote);

    public ReadOnlySpan<byte> RemoteTag => _bytes.AsSpan(_remoteTag.._target);

    public static DialogText Of(
        ReadOnlySpan<byte> callId, NameAddress local, ReadOnlySpan<byte> localTag, NameAddress remote, ReadOnlySpan<byte> remoteTag,
        ReadOnlySpan<byte> target)
    {
        var bytes = new byte[callId.Length + LengthOfEnd(local, localTag) + LengthOfEnd(remote, remoteTag) + target.Length];
        var localStart = Put(bytes, 0, callId);
        var remoteStart = PutEnd(bytes, localStart, local, localTag);
        var targetStart = PutEnd(bytes, remoteStart, remote, remoteTag);
        Put(bytes, targetStart, target);
        return new(bytes, localStart, remoteStart, targetStart, remoteStart - localTag.Length, targetStart - remoteTag.Length);
    }

    private static int LengthOfEnd(NameAddress address, ReadOnlySpan<byte> tag) =>
        (address.DisplayName.IsEmpty ? 0 : address.DisplayName.Length + 1) + address.Uri.Length + 2
        + (tag.IsEmpty ? 0 : ";tag="u8.Length + tag.Length);

    /// <summary>A From or To of this dialog: the address as it was set up, and the tag alone of its parameters.</summary>
    private static int PutEnd(byte[] bytes, int start, NameAddress address, ReadOnlySpan<byte> tag)
    {
        var at = start;
        if (!address.DisplayName.IsEmpty)
            at = Put(bytes, Put(bytes, at, address.DisplayName), " "u8);
        at = Put(bytes, Put(bytes, Put(bytes, at, "<"u8), address.Uri), ">"u8);
        if (!tag.IsEmpty)
            at = Put(bytes, Put(bytes, at, ";tag="u8), tag);
        // What a quoted pair makes lawful for the peer who sent it would be refused by the writer of every later request.
        SipToken.ReplaceControls(bytes.AsSpan(start..at));
        return at;
    }

    private static int Put(byte[] bytes, int at, ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(bytes.AsSpan(at));
        return at + piece.Length;
    }
}
