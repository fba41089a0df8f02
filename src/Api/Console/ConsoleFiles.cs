using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Api.Console;

/// <summary>Serves the console's files under <c>/console</c>; every other path there is one of its pages.</summary>
internal static partial class ConsoleFiles
{
    private const string Path = "/console";

    public static void MapConsole(this WebApplication app)
    {
        app.MapGet("/", () => TypedResults.LocalRedirect($"~{Path}/")).ExcludeFromDescription().AllowAnonymous();

        var root = app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.Root;
        if (!Directory.Exists(root))
        {
            LogNoConsole(app.Logger, root);
            return;
        }

        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(System.IO.Path.GetFullPath(root)),
            RequestPath = Path,
            OnPrepareResponse = SetCaching,
        };
        app.UseStaticFiles(files);
        app.MapFallbackToFile($"{Path}/{{*page:nonfile}}", "index.html", new StaticFileOptions
        {
            FileProvider = files.FileProvider,
            OnPrepareResponse = SetCaching,
        }).AllowAnonymous();
    }

    // The build puts a hash of its content into the name of everything under assets.
    private static void SetCaching(StaticFileResponseContext context)
    {
        var isHashed = context.Context.Request.Path.StartsWithSegments($"{Path}/assets", StringComparison.Ordinal);
        context.Context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
    }

    [LoggerMessage(5020, LogLevel.Warning, "There is no console: {Root} does not exist")]
    private static partial void LogNoConsole(ILogger logger, string root);
}
