using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Calls;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Recordings;

/// <summary><c>…/recordings</c>: what was said. Who may see calls sees which were recorded; to hear them takes an administrator.</summary>
internal static class RecordingEndpoints
{
    private const string Wav = "audio/wav";

    public static void MapRecordings(this IEndpointRouteBuilder tenant)
    {
        var recordings = tenant.MapGroup("/recordings").WithTags("Recordings");
        recordings.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListRecordings")
            .WithSummary("List recordings, those of the latest calls first");
        recordings.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).WithName("GetRecording")
            .WithSummary("Read what is known of a call's recording");
        recordings.MapGet("/{id:guid}/audio", Hear).RequireAuthorization(Policies.TenantAdmin).WithName("HearRecording")
            .WithSummary("Hear a recording, or a part of it by Range, as a WAV file")
            .Produces(StatusCodes.Status200OK, contentType: Wav)
            .Produces(StatusCodes.Status206PartialContent, contentType: Wav)
            .Produces(StatusCodes.Status416RangeNotSatisfiable);
        recordings.MapDelete("/{id:guid}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteRecording")
            .WithSummary("Remove a recording");
    }

    private static async Task<Results<Ok<PageDto<RecordingDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] CallHistoryQuery query,
        [AsParameters] PageQuery page,
        IRecordings recordings,
        CancellationToken cancel)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        var found = await recordings.List(tenant, query.ToQuery(), page.ToRequest(), cancel);
        return TypedResults.Ok(PageDto<RecordingDto>.From(found, RecordingDto.From));
    }

    private static async Task<Results<Ok<RecordingDto>, ProblemHttpResult>> Get(
        TenantId tenant, Guid id, IRecordings recordings, CancellationToken cancel) =>
        await recordings.Find(tenant, id, cancel) is { } recording
            ? TypedResults.Ok(RecordingDto.From(recording))
            : NotThere().ToHttp();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Hear(
        TenantId tenant,
        Guid id,
        [Description("Whether a browser is to save it as a file.")] bool? download,
        IRecordings recordings,
        CancellationToken cancel)
    {
        if (await recordings.Find(tenant, id, cancel) is not { } recording)
            return NotThere().ToHttp();
        if (recordings.Obstacle is { } obstacle)
            return OutOfReach(obstacle).ToHttp();
        if (await recordings.Open(tenant, id, cancel) is not { } audio)
            return NotThere().ToHttp();

        // A recording never changes: a player that goes on elsewhere finds the same one.
        return TypedResults.Stream(
            audio,
            Wav,
            download == true ? string.Create(CultureInfo.InvariantCulture, $"recording-{recording.Started.UtcDateTime:yyyyMMdd-HHmmss}-{id:N}.wav") : null,
            entityTag: new EntityTagHeaderValue($"\"{id:N}\""),
            enableRangeProcessing: true);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, Guid id, IRecordings recordings, IEventLog events, HttpContext context, CancellationToken cancel)
    {
        var recording = await recordings.Find(tenant, id, cancel);
        if (recording is not null && recordings.Obstacle is { } obstacle)
            return OutOfReach(obstacle).ToHttp();
        // Once begun it is not given up half done.
        if (recording is null || !await recordings.Delete(tenant, id, CancellationToken.None))
            return NotThere().ToHttp();

        events.Write(
            tenant, EventType.Information,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{context.User.Identity?.Name} deleted the recording of the call from {recording.Caller} to {recording.Callee} of {recording.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."));
        return TypedResults.NoContent();
    }

    // It is stored where the server's settings led once and lead no more.
    private static Problem OutOfReach(string obstacle) => Problem.Conflict($"The recording can't be reached from here. {obstacle}");

    private static Problem NotThere() => Problem.NotFound("There is no such recording.");
}
