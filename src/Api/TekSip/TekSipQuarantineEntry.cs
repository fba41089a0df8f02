namespace TekSipCloud.Api.TekSip;

/// <summary>A blocked address as operation 18 lists it.</summary>
internal sealed record TekSipQuarantineEntry(DateTimeOffset EntryDateTime, string Address, string UserAgent);
