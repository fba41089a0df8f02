namespace Azure.Data.Tables;

/// <summary>Whether columns that a write does not mention are kept or removed.</summary>
public enum TableUpdateMode
{
    Merge = 0,
    Replace = 1,
}
