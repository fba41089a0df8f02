namespace TekSipCloud.Contracts.Events;

/// <summary>How serious an event is; the names are those of the TekSIP-compatible API.</summary>
[GenerateSerializer, Alias("event-type")]
public enum EventType
{
    /// <summary>As it should be.</summary>
    Information = 0,

    /// <summary>Somebody misbehaves or something will not last.</summary>
    Warning = 1,

    /// <summary>Somebody must act.</summary>
    Error = 2,
}
