namespace Orleans.Runtime;

/// <summary>The silo that a request went to is gone.</summary>
[GenerateSerializer]
public class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("Silo unavailable") { }

    public SiloUnavailableException(string msg) : base(msg) { }

    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
