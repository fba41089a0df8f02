namespace Orleans.Serialization;

/// <summary>A type without a copier was sent across a grain boundary.</summary>
public class CodecNotFoundException : SerializerException
{
    public CodecNotFoundException(string message) : base(message) { }
}
