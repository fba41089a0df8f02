namespace TekSipCloud.Api.TekSip;

/// <summary>A route as operation 6 lists it.</summary>
internal sealed record TekSipRoute(int Order, string Prefix, string Destination, bool Enabled);
