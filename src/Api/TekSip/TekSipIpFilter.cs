namespace TekSipCloud.Api.TekSip;

/// <summary>An IP filter as operation 22 lists it: as operation 20 takes it.</summary>
internal sealed record TekSipIpFilter(string Address, string Action, int Order);
