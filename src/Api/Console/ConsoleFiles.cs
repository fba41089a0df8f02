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
    private const string Root = "/console";

    // The build puts a hash of its content into the name of everything here.
    private const string Assets = $"{Root}/assets";

    /// <summary>Must come before routing: else the fallback page would answer for the files too.</summary>
    public static void UseConsoleFiles(this WebApplication app)
    {
        var root = app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.Root;
        if (Directory.Exists(root))
            app.UseStaticFiles(FilesOf(root, Root));
        else
            LogNoConsole(app.Logger, root);
    }

    public static void MapConsolePages(this WebApplication app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        pages.MapGet("/", () => TypedResults.LocalRedirect($"~{Root}/"));
        pages.MapGet($"{Assets}/{{**file}}", () => TypedResults.NotFound());

        var root = app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.Root;
        if (Directory.Exists(root))
            pages.MapFallbackToFile($"{Root}/{{**page}}", "index.html", FilesOf(root, path: ""));
    }

    private static StaticFileOptions FilesOf(string root, string path) => new()
    {
        FileProvider = new PhysicalFileProvider(Path.GetFullPath(root)),
        RequestPath = path,
        OnPrepareResponse = SetCaching,
    };

    private static void SetCaching(StaticFileResponseContext context)
    {
        var isHashed = context.Context.Request.Path.StartsWithSegments(Assets, StringComparison.Ordinal);
        context.Context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
    }

    [LoggerMessage(5020, LogLevel.Warning, "There is no console: {Root} does not exist")]
    private static partial void LogNoConsole(ILogger logger, string root);
}
