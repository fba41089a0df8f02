using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Tracing;

namespace TekSipCloud.Gateway.Tracing;

/// <summary>Says among the recorded messages that a Call-ID, with a peer, is a leg of a call.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="CallId">The leg's Call-ID.</param>
/// <param name="Label">The leg, for a person.</param>
/// <param name="Peer">Who is at its other end.</param>
internal sealed record LegNote(Guid Call, TenantId Tenant, string CallId, string Label, IPAddress Peer)
{
    private const int IdBytes = 16;
    private const byte Separator = (byte)'\n';

    /// <summary>The most bytes that a note takes.</summary>
    public static int MaxBytes(TenantId tenant, ReadOnlySpan<byte> callId, ReadOnlySpan<string> label)
    {
        var characters = tenant.Value.Length;
        foreach (var piece in label)
            characters += piece.Length;
        return IdBytes + Encoding.UTF8.GetMaxByteCount(characters) + 2 + callId.Length;
    }

    /// <summary>Writes a note into room for it, and tells how long it is.</summary>
    public static int Write(Span<byte> note, Guid call, TenantId tenant, ReadOnlySpan<byte> callId, ReadOnlySpan<string> label)
    {
        call.TryWriteBytes(note);
        var end = IdBytes + Encoding.UTF8.GetBytes(tenant.Value, note[IdBytes..]);
        note[end++] = Separator;
        var start = end;
        foreach (var piece in label)
            end += Encoding.UTF8.GetBytes(piece, note[end..]);
        note[start..end].Replace(Separator, (byte)' ');
        note[end++] = Separator;
        callId.CopyTo(note[end..]);
        return end + callId.Length;
    }

    public static bool TryRead(TracedMessage recorded, [NotNullWhen(true)] out LegNote? note)
    {
        note = null;
        var bytes = recorded.Bytes.Span;
        if (bytes.Length <= IdBytes || Encoding.UTF8.GetString(bytes[IdBytes..]).Split((char)Separator, 3) is not [var tenant, var label, var callId]
            || !TenantId.TryParse(tenant, out var owner))
        {
            return false;
        }

        note = new LegNote(new Guid(bytes[..IdBytes]), owner, callId, label, recorded.Remote.Address);
        return true;
    }
}
