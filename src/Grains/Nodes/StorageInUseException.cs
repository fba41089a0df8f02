namespace TekSipCloud.Grains.Nodes;

/// <summary>Another live process holds what this one needs to start: the operator has to choose.</summary>
public sealed class StorageInUseException(string message) : InvalidOperationException(message);
