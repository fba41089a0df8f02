using System.Text.Json;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>
/// Calls as JSON of <see cref="JsonColumns.Format"/>, written by hand because there are thousands a second. A test holds it to what the
/// serializer would write.
/// </summary>
internal static class CallJson
{
    public static void Write(Utf8JsonWriter json, OpenCall row)
    {
        json.WriteStartObject();
        json.WritePropertyName("Call"u8);
        Write(json, row.Call);
        json.WriteString("Updated"u8, row.Updated);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, CallRecord record)
    {
        WriteListed(json, record);
        WriteDecisions(json, record);
    }

    /// <summary>A report of which only the latest state counts.</summary>
    public static void Write(Utf8JsonWriter json, CallReport report)
    {
        json.WriteStartObject();
        json.WritePropertyName(report.End is null ? "Call"u8 : "End"u8);
        if (report.End is { } record)
            Write(json, record);
        else
            Write(json, report.Call);
        json.WriteEndObject();
    }

    /// <summary>A record's beginning, without its decisions: not closed.</summary>
    public static void WriteListed(Utf8JsonWriter json, CallRecord record)
    {
        json.WriteStartObject();
        json.WritePropertyName("Call"u8);
        Write(json, record.Call);
        json.WriteString("Ended"u8, record.Ended);
        json.WriteNumber("Status"u8, record.Status);
        json.WriteString("EndedBy"u8, record.EndedBy.ToString());
        json.WriteString("Reason"u8, record.Reason);
        Write(json, "CallerMedia"u8, record.CallerMedia);
        Write(json, "CalleeMedia"u8, record.CalleeMedia);
    }

    /// <summary>The rest of it.</summary>
    public static void WriteDecisions(Utf8JsonWriter json, CallRecord record)
    {
        json.WriteStartArray("Decisions"u8);
        foreach (var decision in record.Decisions)
        {
            json.WriteStartObject();
            json.WriteString("At"u8, decision.At);
            json.WriteString("Step"u8, decision.Step);
            json.WriteString("Text"u8, decision.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CallSummary call)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, call.Id);
        json.WriteString("Tenant"u8, call.Tenant.Value);
        json.WriteString("Node"u8, call.Node);
        json.WriteString("Incarnation"u8, call.Incarnation);
        Write(json, "Caller"u8, call.Caller);
        Write(json, "Callee"u8, call.Callee);
        json.WriteString("Started"u8, call.Started);
        if (call.Answered is { } answered)
            json.WriteString("Answered"u8, answered);
        json.WriteString("State"u8, call.State.ToString());
        if (call.Destination is { } destination)
            json.WriteString("Destination"u8, destination);
        json.WriteString("SipCallId"u8, call.SipCallId);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, CallParty party)
    {
        json.WriteStartObject(name);
        json.WriteString("Number"u8, party.Number);
        json.WriteString("Name"u8, party.Name);
        json.WriteString("Kind"u8, party.Kind.ToString());
        json.WriteString("Address"u8, party.Address);
        json.WriteString("UserAgent"u8, party.UserAgent);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, MediaFigures? media)
    {
        if (media is null)
            return;

        json.WriteStartObject(name);
        json.WriteNumber("PacketsReceived"u8, media.PacketsReceived);
        json.WriteNumber("OctetsReceived"u8, media.OctetsReceived);
        json.WriteNumber("PacketsSent"u8, media.PacketsSent);
        json.WriteNumber("OctetsSent"u8, media.OctetsSent);
        json.WriteNumber("PacketsLost"u8, media.PacketsLost);
        json.WriteNumber("JitterMilliseconds"u8, media.JitterMilliseconds);
        json.WriteNumber("StrangersDropped"u8, media.StrangersDropped);
        json.WriteString("Codec"u8, media.Codec);
        json.WriteEndObject();
    }
}
