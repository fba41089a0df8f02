namespace Orleans.Serialization;

/// <summary>A value could not be carried across a grain boundary.</summary>
[GenerateSerializer]
public class SerializerException : Exception
{
    public SerializerException() { }

    public SerializerException(string message) : base(message) { }

    public SerializerException(string message, Exception innerException) : base(message, innerException) { }
}
