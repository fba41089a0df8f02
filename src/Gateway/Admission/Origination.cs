using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>What a domain that takes calls and rings nobody says otherwise than others: its methods, and why credentials are refused.</summary>
internal static class Origination
{
    /// <summary>The methods that are taken there (RFC 3261 §20.5).</summary>
    public static ReadOnlySpan<byte> Allow => "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS"u8;

    /// <summary>The phrase for an account that does not exist or is disabled.</summary>
    public static byte[] UnknownUser { get; } = "Unknown user"u8.ToArray();

    /// <summary>The phrase for a wrong password, or an answer for another realm.</summary>
    public static byte[] BadCredentials { get; } = "Bad credentials"u8.ToArray();

    /// <summary>Whether the methods are the only ones, and this is none of them.</summary>
    public static bool Refuses(SipMethod method) => method is not (SipMethod.Invite or SipMethod.Ack or SipMethod.Cancel
        or SipMethod.Bye or SipMethod.Register or SipMethod.Options);
}
