using System.Globalization;
using System.Text;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>What the 200 to a REGISTER tells the phone (RFC 3261 §10.3 step 8).</summary>
/// <param name="Now">The time it is told, from which lifetimes count.</param>
/// <param name="Settings">The tenant's settings.</param>
/// <param name="IsOutbound">Whether the rules of RFC 5626 were applied.</param>
internal readonly record struct RegisterAnswer(DateTimeOffset Now, TenantSettings Settings, bool IsOutbound)
{
    /// <summary>Characters of a date as RFC 3261 §25.1 has it.</summary>
    private const int DateLength = 29;

    /// <summary>Bytes of a Contact that is written without allocating; few are longer.</summary>
    private const int MaxContact = 512;

    public void Write(SipWriter writer, ServerTransaction transaction, BindingSet set)
    {
        foreach (var binding in set.Bindings)
            WriteBinding(writer, binding, binding.Expires);
        WriteRest(writer, transaction.Flow, transaction.Request);
    }

    /// <summary>Writes what comes after the Contacts.</summary>
    public void WriteRest(SipWriter writer, SipFlow flow, SipMessage request)
    {
        // RFC 3327 §5.3: the Path that was stored goes back, to a phone that knows what it is.
        if (OptionTags.Has(request, SipHeaderName.Supported, "path"u8) || OptionTags.Has(request, SipHeaderName.Require, "path"u8))
            writer.CopyLines(request, SipHeaderName.Path);
        if (Settings.ServiceRoute)
            WriteServiceRoute(writer, flow);
        if (IsOutbound)
        {
            // RFC 5626 §6
            writer.Header(SipHeaderName.Require, "outbound"u8);
            writer.Header(SipHeaderName.FlowTimer, OutboundRules.FlowTimer);
        }

        WriteDate(writer, Now);
    }

    /// <summary>RFC 3261 §10.3 step 8: phones without a clock set theirs by this.</summary>
    public static void WriteDate(SipWriter writer, DateTimeOffset now)
    {
        Span<byte> date = stackalloc byte[DateLength];
        _ = now.TryFormat(date, out _, "r", CultureInfo.InvariantCulture);
        writer.Header(SipHeaderName.Date, date);
    }

    /// <summary>Writes a Contact.</summary>
    /// <param name="writer">In the response, after what RFC 3261 §8.2.6 demands.</param>
    /// <param name="binding">The binding.</param>
    /// <param name="expires">Until when it lasts.</param>
    public void WriteBinding(SipWriter writer, Binding binding, DateTimeOffset expires)
    {
        Span<byte> contact = stackalloc byte[MaxContact];
        contact = Encoding.UTF8.TryGetBytes(binding.Contact, contact, out var length) ? contact[..length] : Encoding.UTF8.GetBytes(binding.Contact);
        writer.StartHeader(SipHeaderName.Contact);
        writer.AppendAddress([], contact);
        writer.Append(";expires="u8);
        writer.Append((uint)Math.Max(0, Math.Ceiling((expires - Now).TotalSeconds)));
        if (binding.Q < 1000)
            writer.Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $";q={binding.Q / 1000m:0.###}")));
        if (binding.InstanceId is { } instance)
            writer.Append(Encoding.UTF8.GetBytes($";+sip.instance=\"{instance}\""));
        if (binding.RegId is { } regId)
            writer.Append(Encoding.ASCII.GetBytes($";reg-id={regId}"));
        writer.EndHeader();
    }

    /// <summary>RFC 3608 §5: the phone's further requests come by this node, which holds its flow.</summary>
    private static void WriteServiceRoute(SipWriter writer, SipFlow flow)
    {
        writer.StartHeader(SipHeaderName.ServiceRoute);
        writer.Append("<sip:"u8);
        writer.Append(flow.SentBy);
        writer.Append(";transport="u8);
        writer.Append(flow.Protocol.UriToken());
        writer.Append(";lr>"u8);
        writer.EndHeader();
    }
}
