namespace TekSipCloud.Api.TekSip;

/// <summary>A call in progress as operation 7 lists it.</summary>
internal sealed record TekSipSession(string SessionId, string From, string To, DateTimeOffset Established);
