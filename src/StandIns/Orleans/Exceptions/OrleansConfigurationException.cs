namespace Orleans.Runtime;

/// <summary>The silo is configured wrongly.</summary>
[GenerateSerializer]
public class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message) : base(message) { }

    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException) { }
}
