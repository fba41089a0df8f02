using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>Some rows of a query.</summary>
/// <param name="Items">The rows in key order.</param>
/// <param name="IsLast">Whether no more follow.</param>
internal readonly record struct RowPage(List<TableEntity> Items, bool IsLast);
