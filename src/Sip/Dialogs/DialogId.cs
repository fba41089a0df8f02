using System.Diagnostics.CodeAnalysis;
using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>What identifies a dialog at one of its ends (RFC 3261 §12). All three parts are compared exactly.</summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="LocalTag">The tag of this end.</param>
/// <param name="RemoteTag">The tag of the other end; empty only with peers of RFC 2543.</param>
public readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog that a received request claims to belong to; false when its To has no tag, so that it belongs to none.</summary>
    public static bool TryOfRequest(SipMessage request, [NotNullWhen(true)] out DialogId? id)
    {
        id = request.TryGetTo(out var to) && !to.Tag.IsEmpty && request.TryGetFrom(out var from)
            ? Of(request.CallId, to.Tag, from.Tag)
            : null;
        return id is not null;
    }

    /// <summary>The dialog that a received response belongs to or creates; false when its To has no tag.</summary>
    public static bool TryOfResponse(SipMessage response, [NotNullWhen(true)] out DialogId? id)
    {
        id = response.TryGetTo(out var to) && !to.Tag.IsEmpty && response.TryGetFrom(out var from)
            ? Of(response.CallId, from.Tag, to.Tag)
            : null;
        return id is not null;
    }

    internal static DialogId Of(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> localTag, ReadOnlySpan<byte> remoteTag) =>
        new(Text(callId), Text(localTag), Text(remoteTag));

    // Latin-1 maps every byte to one character: different bytes stay different.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
