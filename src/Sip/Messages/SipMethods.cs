namespace TekSipCloud.Sip.Messages;

/// <summary>Method tokens as bytes, and back. Methods are case-sensitive (RFC 3261 §7.1).</summary>
public static class SipMethods
{
    /// <summary>Finds the method that a token names.</summary>
    /// <returns>The method, or <see cref="SipMethod.Unknown"/> for any other bytes.</returns>
    public static SipMethod Parse(ReadOnlySpan<byte> token) => token.Length switch
    {
        3 => token.SequenceEqual("ACK"u8) ? SipMethod.Ack
            : token.SequenceEqual("BYE"u8) ? SipMethod.Bye : SipMethod.Unknown,
        4 => token.SequenceEqual("INFO"u8) ? SipMethod.Info : SipMethod.Unknown,
        5 => token.SequenceEqual("REFER"u8) ? SipMethod.Refer
            : token.SequenceEqual("PRACK"u8) ? SipMethod.Prack : SipMethod.Unknown,
        6 => OfSix(token),
        7 => token.SequenceEqual("OPTIONS"u8) ? SipMethod.Options
            : token.SequenceEqual("MESSAGE"u8) ? SipMethod.Message
            : token.SequenceEqual("PUBLISH"u8) ? SipMethod.Publish : SipMethod.Unknown,
        8 => token.SequenceEqual("REGISTER"u8) ? SipMethod.Register : SipMethod.Unknown,
        9 => token.SequenceEqual("SUBSCRIBE"u8) ? SipMethod.Subscribe : SipMethod.Unknown,
        _ => SipMethod.Unknown,
    };

    /// <summary>The token of a known method, such as <c>INVITE</c>.</summary>
    /// <returns>Static bytes; empty for <see cref="SipMethod.Unknown"/>.</returns>
    public static ReadOnlySpan<byte> Token(SipMethod method) => method switch
    {
        SipMethod.Invite => "INVITE"u8,
        SipMethod.Ack => "ACK"u8,
        SipMethod.Bye => "BYE"u8,
        SipMethod.Cancel => "CANCEL"u8,
        SipMethod.Register => "REGISTER"u8,
        SipMethod.Options => "OPTIONS"u8,
        SipMethod.Info => "INFO"u8,
        SipMethod.Prack => "PRACK"u8,
        SipMethod.Update => "UPDATE"u8,
        SipMethod.Message => "MESSAGE"u8,
        SipMethod.Subscribe => "SUBSCRIBE"u8,
        SipMethod.Notify => "NOTIFY"u8,
        SipMethod.Refer => "REFER"u8,
        SipMethod.Publish => "PUBLISH"u8,
        _ => [],
    };

    private static SipMethod OfSix(ReadOnlySpan<byte> token) => token[0] switch
    {
        (byte)'I' when token.SequenceEqual("INVITE"u8) => SipMethod.Invite,
        (byte)'C' when token.SequenceEqual("CANCEL"u8) => SipMethod.Cancel,
        (byte)'U' when token.SequenceEqual("UPDATE"u8) => SipMethod.Update,
        (byte)'N' when token.SequenceEqual("NOTIFY"u8) => SipMethod.Notify,
        _ => SipMethod.Unknown,
    };
}
