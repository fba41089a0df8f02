using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.OpenApi;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Sounds;

/// <summary><c>…/sounds</c>: the music on hold and the announcements, the tenant's own or the default.</summary>
internal static class SoundEndpoints
{
    private const string Wav = "audio/wav";

    public static void MapSounds(this IEndpointRouteBuilder tenant)
    {
        var sounds = tenant.MapGroup("/sounds").WithTags("Sounds");
        sounds.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListSounds")
            .WithSummary("List the music on hold and the announcements");
        sounds.MapGet("/{kind}/audio", Hear).RequireAuthorization(Policies.Viewer).WithName("HearSound")
            .WithSummary("Hear what phones hear, or a part of it by Range, as a WAV file")
            .Produces(StatusCodes.Status200OK, contentType: Wav)
            .Produces(StatusCodes.Status206PartialContent, contentType: Wav)
            .Produces(StatusCodes.Status416RangeNotSatisfiable);
        sounds.MapPut("/{kind}", Upload).RequireAuthorization(Policies.TenantAdmin).WithName("UploadSound")
            .WithSummary("Upload a WAV file (PCM or G.711) to be played from now on")
            // Not as metadata, which would refuse what browsers call a WAV file otherwise: the content decides.
            .AddOpenApiOperationTransformer(static (operation, _, _) => DescribeBody(operation))
            .WithMetadata(new RequestSizeLimitAttribute(SoundLimits.MaxFileBytes))
            .WithProblems(StatusCodes.Status413PayloadTooLarge);
        sounds.MapDelete("/{kind}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteSound")
            .WithSummary("Remove the tenant's own sound: the default is played again");
    }

    private static Task DescribeBody(OpenApiOperation operation)
    {
        var file = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "A WAV file of 32 MiB at most.",
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [Wav] = file },
        };
        return Task.CompletedTask;
    }

    private static async Task<Results<Ok<SoundListDto>, ProblemHttpResult>> List(TenantId tenant, IGrainFactory grains)
    {
        var found = await grains.Tenant(tenant).Get();
        return found.IsSuccess
            ? TypedResults.Ok(new SoundListDto([.. Enum.GetValues<SoundKind>().Select(kind => SoundDto.From(found.Value.Value, kind))]))
            : found.Problem.ToHttp();
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Hear(
        TenantId tenant,
        [Description(SoundKindName.Choices)] string kind,
        [Description("Whether a browser is to save it as a file.")] bool? download,
        IGrainFactory grains,
        ISounds sounds,
        ISoundFiles files,
        CancellationToken cancel)
    {
        var found = await grains.Tenant(tenant).Get();
        if (!found.IsSuccess)
            return found.Problem.ToHttp();
        if (SoundKindName.Find(kind) is not { } known)
            return NoSuchKind().ToHttp();

        var own = found.Value.Value.FindSound(known);
        if (own is not null && sounds.Obstacle is { } obstacle)
            return Problem.Conflict($"The sound can't be reached from here. {obstacle}").ToHttp();
        var audio = own is null ? new MemoryStream(files.ReadDefault(known).Bytes, writable: false) : await sounds.Open(tenant, own.Id, cancel);
        if (audio is null)
            return Problem.NotFound("The sound is not there.").ToHttp();

        return TypedResults.Stream(
            audio,
            Wav,
            download == true ? $"{kind}.wav" : null,
            entityTag: new EntityTagHeaderValue(own is null ? "\"default\"" : $"\"{own.Id:N}\""),
            enableRangeProcessing: true);
    }

    private static async Task<Results<Ok<SoundDto>, ProblemHttpResult>> Upload(
        TenantId tenant,
        [Description(SoundKindName.Choices)] string kind,
        [Description("The file's name, for people; 100 characters at most.")] string? name,
        SoundUploads uploads,
        SoundChange change,
        HttpContext context)
    {
        if (SoundKindName.Find(kind) is not { } known)
            return NoSuchKind().ToHttp();

        var file = await uploads.Take(tenant, known, context.Request);
        if (!file.IsSuccess)
            return file.Problem.ToHttp();

        var stored = await change.Store(tenant, known, name ?? "", file.Value, context.User.Identity?.Name);
        return stored.IsSuccess ? TypedResults.Ok(SoundDto.From(known, stored.Value)) : stored.Problem.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, [Description(SoundKindName.Choices)] string kind, SoundChange change, HttpContext context) =>
        SoundKindName.Find(kind) is { } known
            ? (await change.Remove(tenant, known, context.User.Identity?.Name)).ToNoContent()
            : NoSuchKind().ToHttp();

    private static Problem NoSuchKind() => Problem.NotFound("There is no such kind of sound.");
}
