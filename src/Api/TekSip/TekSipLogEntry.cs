namespace TekSipCloud.Api.TekSip;

/// <summary>A line of the application log as operation 9 lists it.</summary>
internal sealed record TekSipLogEntry(DateTimeOffset EntryDateTime, string Type, string Message);
