namespace TekSipCloud.Gateway.Overload;

/// <summary>How the node fares at a moment.</summary>
/// <param name="Delay">How long a message waits now, from the network's queue to the loop that handles it.</param>
/// <param name="Cpu">The process's share of the CPU time it may have, 0 to 1.</param>
/// <param name="HasEmptied">Whether everything that had come was handled at some time since the last look.</param>
/// <param name="Dropped">Datagrams that the system dropped so far, because it was told to or for want of room.</param>
internal readonly record struct LoadSample(TimeSpan Delay, double Cpu, bool HasEmptied = false, long Dropped = 0);
