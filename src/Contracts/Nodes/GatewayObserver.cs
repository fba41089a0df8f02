namespace TekSipCloud.Contracts.Nodes;

/// <summary>The terms of a gateway's subscriptions.</summary>
public static class GatewayObserver
{
    /// <summary>A subscription not renewed for so long is dropped: three minutes, so that two renewals may be lost.</summary>
    public static readonly TimeSpan SubscriptionLifetime = TimeSpan.FromMinutes(3);

    /// <summary>How often gateways renew: one minute.</summary>
    public static readonly TimeSpan RenewalPeriod = TimeSpan.FromMinutes(1);
}
