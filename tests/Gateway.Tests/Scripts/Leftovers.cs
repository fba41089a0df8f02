namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>What a gateway holds of calls.</summary>
internal readonly record struct Leftovers(
    int Dialogs, int ServerTransactions, int ClientTransactions, int Timers, int Calls, int RelaySessions);
