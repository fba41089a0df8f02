namespace Orleans.Runtime;

/// <summary>A fault of the runtime.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException() { }

    public OrleansException(string message) : base(message) { }

    public OrleansException(string message, Exception innerException) : base(message, innerException) { }
}
