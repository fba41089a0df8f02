namespace TekSipCloud.Sip.Messages;

/// <summary>The methods this library knows by name; any other token is <see cref="Unknown"/>.</summary>
public enum SipMethod
{
    /// <summary>An extension method; its token is in <see cref="SipMessage.MethodToken"/>. Answer 405 or 501.</summary>
    Unknown,

    /// <summary>RFC 3261 §13.</summary>
    Invite,

    /// <summary>RFC 3261 §13. Never answered.</summary>
    Ack,

    /// <summary>RFC 3261 §15.</summary>
    Bye,

    /// <summary>RFC 3261 §9.</summary>
    Cancel,

    /// <summary>RFC 3261 §10.</summary>
    Register,

    /// <summary>RFC 3261 §11.</summary>
    Options,

    /// <summary>RFC 6086.</summary>
    Info,

    /// <summary>RFC 3262.</summary>
    Prack,

    /// <summary>RFC 3311.</summary>
    Update,

    /// <summary>RFC 3428.</summary>
    Message,

    /// <summary>RFC 6665.</summary>
    Subscribe,

    /// <summary>RFC 6665.</summary>
    Notify,

    /// <summary>RFC 3515.</summary>
    Refer,

    /// <summary>RFC 3903.</summary>
    Publish,
}
