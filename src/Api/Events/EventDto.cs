using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Api.Events;

/// <summary>A line of the tenant's event log.</summary>
/// <param name="Id">Unique within the tenant.</param>
/// <param name="At">When.</param>
/// <param name="Type">How serious.</param>
/// <param name="Message">What happened.</param>
internal sealed record EventDto(string Id, DateTimeOffset At, EventType Type, string Message)
{
    public static EventDto From(EventEntry entry) => new(entry.Id, entry.At, entry.Type, entry.Message);
}
