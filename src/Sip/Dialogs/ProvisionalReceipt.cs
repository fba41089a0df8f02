namespace TekSipCloud.Sip.Dialogs;

/// <summary>What a reliable provisional response is to those that came before it (RFC 3262 §4).</summary>
public enum ProvisionalReceipt
{
    /// <summary>The next one: it is acknowledged by PRACK and counts.</summary>
    Next,

    /// <summary>It has come before and has its PRACK: that one is repeated by its transaction, and no other is sent.</summary>
    Repeated,

    /// <summary>One before it is missing: it gets no PRACK and counts for nothing; it comes again.</summary>
    OutOfOrder,
}
