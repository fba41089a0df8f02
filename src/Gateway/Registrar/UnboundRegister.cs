using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// A REGISTER at a domain that takes calls and rings nobody: phones that call only once they count as registered get their 200, and nothing is bound
/// or written.
/// </summary>
internal static class UnboundRegister
{
    public static void Answer(LoopGateway gateway, ServerTransaction transaction, TenantView tenant)
    {
        // No interval is too brief: nobody is called back, so that nothing depends on it.
        var wish = RegisterWish.Read(transaction.Request, tenant.Settings with { MinExpires = TimeSpan.Zero }, out var status);
        gateway.Reply(transaction, status, wish is null ? null : writer => Write(writer, gateway.Context.Clock.GetUtcNow(), wish));
    }

    // RFC 3261 §10.3 step 8: a Contact would be a binding. Expires says when the phone is to ask again.
    private static void Write(SipWriter writer, DateTimeOffset now, RegisterWish wish)
    {
        if (!wish.IsQuery)
            writer.Header(SipHeaderName.Expires, wish.Contacts.IsEmpty ? 0 : (uint)wish.Contacts.Max(contact => contact.Lifetime).TotalSeconds);
        RegisterAnswer.WriteDate(writer, now);
    }
}
