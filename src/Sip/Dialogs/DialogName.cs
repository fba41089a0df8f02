using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>What identifies a dialog at one of its ends (RFC 3261 §12), borrowed from a message: <see cref="DialogId"/> without its strings.</summary>
public readonly ref struct DialogName
{
    internal DialogName(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> localTag, ReadOnlySpan<byte> remoteTag)
    {
        CallId = callId;
        LocalTag = localTag;
        RemoteTag = remoteTag;
    }

    /// <summary>The Call-ID.</summary>
    public ReadOnlySpan<byte> CallId { get; }

    /// <summary>The tag of this end.</summary>
    public ReadOnlySpan<byte> LocalTag { get; }

    /// <summary>The tag of the other end; empty only with peers of RFC 2543.</summary>
    public ReadOnlySpan<byte> RemoteTag { get; }

    /// <summary>The dialog that a received request claims to belong to; false when its To has no tag, so that it belongs to none.</summary>
    public static bool TryOfRequest(SipMessage request, out DialogName name)
    {
        name = new(request.CallId, request.ToTag, request.FromTag);
        return !name.LocalTag.IsEmpty;
    }

    /// <summary>The dialog that a received response belongs to or creates; false when its To has no tag.</summary>
    public static bool TryOfResponse(SipMessage response, out DialogName name)
    {
        name = new(response.CallId, response.FromTag, response.ToTag);
        return !name.RemoteTag.IsEmpty;
    }

    /// <summary>Whether all three parts are the same, byte by byte.</summary>
    public bool Is(DialogName other) =>
        CallId.SequenceEqual(other.CallId) && LocalTag.SequenceEqual(other.LocalTag) && RemoteTag.SequenceEqual(other.RemoteTag);

    /// <summary>The same as text, for logs.</summary>
    public DialogId ToId() => DialogId.Of(CallId, LocalTag, RemoteTag);
}
