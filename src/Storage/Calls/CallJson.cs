using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>
/// Calls as JSON of <see cref="JsonColumns.Format"/>, written by hand because there are thousands a second. A test holds it to what the
/// serializer would write.
/// </summary>
internal static class CallJson
{
    private static readonly string[] Ends = Enum.GetNames<CallEnd>();
    private static readonly string[] States = Enum.GetNames<CallState>();
    private static readonly string[] Kinds = Enum.GetNames<CallPartyKind>();

    private static ReadOnlySpan<byte> BeforeRecord => """{"End":"""u8;

    private static ReadOnlySpan<byte> EndOfLine => "}\n"u8;

    public static void Write(ref JsonText json, OpenCall row)
    {
        Write(ref json, """{"Call":"""u8, row.Call);
        json.Value(""","Updated":"""u8, row.Updated);
        json.Raw("}"u8);
    }

    /// <summary>A report as a line, in which only the latest state counts.</summary>
    public static void WriteLine(ref JsonText json, CallReport report)
    {
        if (report.End is { } record)
        {
            json.Raw(BeforeRecord);
            Write(ref json, record);
        }
        else
        {
            Write(ref json, """{"Call":"""u8, report.Call);
        }

        json.Raw(EndOfLine);
    }

    /// <summary>The CDR in a line that holds one.</summary>
    public static ReadOnlyMemory<byte> RecordOf(ReadOnlyMemory<byte> line) => line[BeforeRecord.Length..^EndOfLine.Length];

    public static void Write(ref JsonText json, CallRecord record)
    {
        Write(ref json, """{"Call":"""u8, record.Call);
        json.Value(""","Ended":"""u8, record.Ended);
        json.Value(""","Status":"""u8, record.Status);
        json.Value(""","EndedBy":"""u8, Ends[(int)record.EndedBy]);
        json.Value(""","Reason":"""u8, record.Reason);
        Write(ref json, ""","CallerMedia":{"PacketsReceived":"""u8, record.CallerMedia);
        Write(ref json, ""","CalleeMedia":{"PacketsReceived":"""u8, record.CalleeMedia);
        Write(ref json, record.Decisions);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, ReadOnlySpan<byte> before, CallSummary call)
    {
        json.Raw(before);
        json.Value("""{"Id":"""u8, call.Id);
        json.Value(""","Tenant":"""u8, call.Tenant.Value);
        json.Value(""","Node":"""u8, call.Node);
        json.Value(""","Incarnation":"""u8, call.Incarnation);
        Write(ref json, ""","Caller":{"Number":"""u8, call.Caller);
        Write(ref json, ""","Callee":{"Number":"""u8, call.Callee);
        json.Value(""","Started":"""u8, call.Started);
        if (call.Answered is { } answered)
            json.Value(""","Answered":"""u8, answered);
        json.Value(""","State":"""u8, States[(int)call.State]);
        if (call.Destination is { } destination)
            json.Value(""","Destination":"""u8, destination);
        json.Value(""","SipCallId":"""u8, call.SipCallId);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, ReadOnlySpan<byte> before, CallParty party)
    {
        json.Value(before, party.Number);
        json.Value(""","Name":"""u8, party.Name);
        json.Value(""","Kind":"""u8, Kinds[(int)party.Kind]);
        json.Value(""","Address":"""u8, party.Address);
        json.Value(""","UserAgent":"""u8, party.UserAgent);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, ReadOnlySpan<byte> before, MediaFigures? media)
    {
        if (media is null)
            return;

        json.Value(before, media.PacketsReceived);
        json.Value(""","OctetsReceived":"""u8, media.OctetsReceived);
        json.Value(""","PacketsSent":"""u8, media.PacketsSent);
        json.Value(""","OctetsSent":"""u8, media.OctetsSent);
        json.Value(""","PacketsLost":"""u8, media.PacketsLost);
        json.Value(""","JitterMilliseconds":"""u8, media.JitterMilliseconds);
        json.Value(""","StrangersDropped":"""u8, media.StrangersDropped);
        json.Value(""","Codec":"""u8, media.Codec);
        if (media.Encryption is { } encryption)
            json.Value(""","Encryption":"""u8, encryption);
        if (media.UnauthenticDropped is { } unauthentic)
            json.Value(""","UnauthenticDropped":"""u8, unauthentic);
        if (media.Quality is { } quality)
            Write(ref json, quality);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, MediaQuality quality)
    {
        json.Value(""","Quality":{"Duplicates":"""u8, quality.Duplicates);
        json.Value(""","Reordered":"""u8, quality.Reordered);
        if (quality.RoundTripMilliseconds is { } roundTrip)
            json.Value(""","RoundTripMilliseconds":"""u8, roundTrip);
        if (quality.LostToParty is { } lost)
            json.Value(""","LostToParty":"""u8, lost);
        if (quality.JitterAtPartyMilliseconds is { } jitter)
            json.Value(""","JitterAtPartyMilliseconds":"""u8, jitter);
        if (quality.MosReceived is { } received)
            json.Value(""","MosReceived":"""u8, received);
        if (quality.MosSent is { } sent)
            json.Value(""","MosSent":"""u8, sent);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, ImmutableArray<Decision> decisions)
    {
        json.Raw(""","Decisions":["""u8);
        for (var i = 0; i < decisions.Length; i++)
        {
            var decision = decisions[i];
            json.Value(i == 0 ? """{"At":"""u8 : """,{"At":"""u8, decision.At);
            json.Value(""","Step":"""u8, decision.Step);
            json.Value(""","Text":"""u8, decision.Text);
            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }
}
