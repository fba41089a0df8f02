namespace Azure.Data.Tables;

/// <summary>The types that JSON cannot tell apart and that are therefore annotated.</summary>
internal static class EdmTypes
{
    public const string Binary = "Edm.Binary";
    public const string DateTime = "Edm.DateTime";
    public const string Double = "Edm.Double";
    public const string Guid = "Edm.Guid";
    public const string Int64 = "Edm.Int64";
}
