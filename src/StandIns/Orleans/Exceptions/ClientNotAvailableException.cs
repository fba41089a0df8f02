namespace Orleans.Runtime;

/// <summary>The process that holds an observer is gone.</summary>
[GenerateSerializer]
public class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException() { }

    internal ClientNotAvailableException(string message) : base(message) { }

    internal ClientNotAvailableException(string message, Exception innerException) : base(message, innerException) { }
}
