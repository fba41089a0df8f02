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
    private const char Separator = '\n';

    public static byte[] Write(Guid call, TenantId tenant, ReadOnlySpan<byte> callId, string label)
    {
        var head = Encoding.UTF8.GetBytes($"{tenant}{Separator}{label.Replace(Separator, ' ')}{Separator}");
        var note = new byte[IdBytes + head.Length + callId.Length];
        call.TryWriteBytes(note);
        head.CopyTo(note, IdBytes);
        callId.CopyTo(note.AsSpan(IdBytes + head.Length));
        return note;
    }

    public static bool TryRead(TracedMessage recorded, [NotNullWhen(true)] out LegNote? note)
    {
        note = null;
        var bytes = recorded.Bytes.Span;
        if (bytes.Length <= IdBytes || Encoding.UTF8.GetString(bytes[IdBytes..]).Split(Separator, 3) is not [var tenant, var label, var callId]
            || !TenantId.TryParse(tenant, out var owner))
        {
            return false;
        }

        note = new LegNote(new Guid(bytes[..IdBytes]), owner, callId, label, recorded.Remote.Address);
        return true;
    }
}
