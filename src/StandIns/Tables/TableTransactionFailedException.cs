#nullable disable

using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused; none of its actions took effect.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    internal const string FailedIndexKey = "FailedEntity";

    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        FailedTransactionActionIndex = requestFailedException.Data[FailedIndexKey] is string index
            ? int.Parse(index, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Which action was refused, or null when the transaction was refused as a whole.</summary>
    public int? FailedTransactionActionIndex { get; }
}
