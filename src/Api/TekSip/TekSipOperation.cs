namespace TekSipCloud.Api.TekSip;

/// <summary>The operations of the TekSIP-compatible API, by their numbers and names (manual, HTTP API / Types).</summary>
internal enum TekSipOperation
{
    None = 0,
    AddDestination = 1,
    RemoveDestination = 2,
    ListDestination = 3,
    AddRoute = 4,
    RemoveRoute = 5,
    ListRoute = 6,
    ListSession = 7,
    TerminateSession = 8,
    ReadLogs = 9,
    ClearLogs = 10,
    ReadCounters = 11,
    ClearCounters = 12,
    AddExtension = 13,
    RemoveExtension = 14,
    ListExtension = 15,
    ListRegistration = 16,
    TerminateRegistration = 17,
    ListQuarantineEntry = 18,
    RemoveQuarantineEntry = 19,
    AddIPFilter = 20,
    RemoveIPFilter = 21,
    ListIPFilter = 22,
}
