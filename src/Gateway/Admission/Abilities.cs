using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>What this server says of itself: to those who ask, and to those who sent what it can't read.</summary>
internal static class Abilities
{
    /// <summary>What a phone is told in a call that we know beside RFC 3261 (RFC 4028 §7.1, RFC 3891 §6.2).</summary>
    public static ReadOnlySpan<byte> ToPhones => "timer, replaces"u8;

    /// <summary>The same of a destination, and of a phone at a domain that rings nobody.</summary>
    public static ReadOnlySpan<byte> ToDestinations => "timer"u8;

    /// <summary>RFC 3261 §11.2: the headers that an answer to OPTIONS has.</summary>
    public static void Write(SipWriter writer) => Write(writer, RequestChecks.Allow, "path, outbound, timer, replaces, 100rel"u8);

    /// <summary>The same within a call.</summary>
    public static void WriteInDialog(SipWriter writer) => Write(writer, RequestChecks.AllowInDialog, "timer, norefersub"u8);

    /// <summary>The same of a domain that takes calls and rings nobody.</summary>
    public static void WriteOrigination(SipWriter writer) => Write(writer, Origination.Allow, "timer"u8);

    private static void Write(SipWriter writer, ReadOnlySpan<byte> methods, ReadOnlySpan<byte> extensions)
    {
        writer.Header(SipHeaderName.Allow, methods);
        WriteReadable(writer);
        writer.Header(SipHeaderName.AcceptLanguage, "en"u8);
        writer.Header(SipHeaderName.Supported, extensions);
    }

    /// <summary>RFC 3261 §8.2.3: a 415 tells which types and which encodings are read.</summary>
    public static void WriteReadable(SipWriter writer)
    {
        writer.Header(SipHeaderName.Accept, "application/sdp"u8);
        writer.Header(SipHeaderName.AcceptEncoding, "identity"u8);
    }
}
