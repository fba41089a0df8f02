using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Api.Calls;

/// <summary>Which finished calls are wanted.</summary>
internal readonly record struct CallHistoryQuery
{
    [FromQuery(Name = "from"), Description("Started at or after.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to"), Description("Started before.")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "number"), Description("Only calls from or to this extension or number.")]
    public string? Number { get; init; }

    public CallQuery ToQuery() => new(From?.ToUniversalTime(), To?.ToUniversalTime(), string.IsNullOrEmpty(Number) ? null : Number);
}
