using TekSipCloud.Api;
using TekSipCloud.Gateway;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Gateway.WebSockets;
using TekSipCloud.Grains;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Silo.Logging;
using TekSipCloud.Silo.Setup;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Storage;

namespace TekSipCloud.Silo;

/// <summary>The whole product in one host.</summary>
internal static class SiloApplication
{
    /// <summary>
    /// Settings are read at the start. Left to itself the host would watch appsettings.json, and with it each folder below the working directory: a repository's
    /// thousands, and the journal and the spool of recordings that are written all the time.
    /// </summary>
    private const string WithoutFileWatch = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Composes it; the caller runs it.</summary>
    /// <param name="args">The command line.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder([.. args, WithoutFileWatch]);
        builder.Services.AddSingleton<TimeProvider, MessageClock>();
        var options = builder.AddSiloOptions(args);
        builder.AddLogging(options);
        builder.AddStorage();
        builder.AddGrains();
        builder.AddSilo(options);
        if (options.HasGateway)
            builder.Services.AddSipGateway().Configure<SipWebSocketOptions>(web => (web.HttpPort, web.HttpsPort) = (options.HttpPort, options.HttpsPort));
        builder.Services.AddSoundFiles().AddApi(builder.Configuration);
        builder.Services.AddSetup();
        builder.AddCertificates();
        builder.AddListeners(options);

        var app = builder.Build();
        app.UseProxies(options);
        _ = options.HasApi ? app.MapTekSipApi() : app.MapTekSipHealth();
        if (options.HasGateway)
            app.MapSipWebSocket();
        return app;
    }
}
