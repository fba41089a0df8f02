using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>An entity of its own type, with a column of every kind.</summary>
public sealed class Customer : ITableEntity
{
    public enum Tier
    {
        Basic,
        Gold,
    }

    public string PartitionKey { get; set; } = "p";

    public string RowKey { get; set; } = "r";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Name { get; set; }

    public bool IsActive { get; set; }

    public bool? IsTrusted { get; set; }

    public int Age { get; set; }

    public int? Children { get; set; }

    public long Balance { get; set; }

    public long? Limit { get; set; }

    public double Score { get; set; }

    public double? Weight { get; set; }

    public DateTimeOffset Born { get; set; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset? Left { get; set; }

    public DateTime Joined { get; set; } = DateTime.UnixEpoch;

    public DateTime? Moved { get; set; }

    public Guid Id { get; set; }

    public Guid? Parent { get; set; }

    public byte[]? Photo { get; set; }

    public BinaryData? Voice { get; set; }

    public Tier Level { get; set; }

    public Tier? OldLevel { get; set; }

    [DataMember(Name = "phone_number")]
    public string? Phone { get; set; }

    [IgnoreDataMember]
    public string? Secret { get; set; }

    public string Summary => $"{Name}, {Age}";

    public string Initial { get; init; } = "";
}
