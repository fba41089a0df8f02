namespace Orleans.Runtime;

/// <summary>The process that holds an observer is gone.</summary>
[GenerateSerializer]
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId) : base($"No activation for client {clientId}") { }
}
