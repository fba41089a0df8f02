namespace TekSipCloud.Api.TekSip;

/// <summary>A counter as operation 11 lists it; its value is a text.</summary>
internal sealed record TekSipCounter(string Name, string Value);
