namespace Orleans.Runtime;

/// <summary>The silo that a request went to is gone.</summary>
[GenerateSerializer]
public class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() { }

    public SiloUnavailableException(string message) : base(message) { }

    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
