using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Storage.Registrations;

/// <summary>A binding as stored.</summary>
/// <param name="Binding">The binding; it ends as granted to the phone.</param>
/// <param name="Slack">
/// For how long beyond that it counts when its gateway died: one granted lifetime, because the gateway answers
/// refreshes before they
/// are stored, so a phone may have been granted one more that was never written.
/// </param>
/// <param name="OutlivesGateway">Whether it counts at all when its gateway died (the tenant's
/// SaveRegistrations).</param>
public sealed record StoredBinding(Binding Binding, TimeSpan Slack, bool OutlivesGateway)
{
    /// <summary>When it ends at the latest.</summary>
    public DateTimeOffset Until => OutlivesGateway ? Binding.Expires + Slack : Binding.Expires;

    /// <summary>When it ends, given whether the gateway that made it lives and would have reported a refresh.</summary>
    public DateTimeOffset End(bool isGatewayAlive)
    {
        if (isGatewayAlive)
            return Binding.Expires;

        return OutlivesGateway ? Binding.Expires + Slack : DateTimeOffset.MinValue;
    }
}
