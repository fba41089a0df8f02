using System.Globalization;
using Serilog;
using Serilog.Events;

namespace TekSipCloud.Silo.Logging;

/// <summary>Serilog to the console and to a file a day, at the manual's levels.</summary>
internal static class LoggingServices
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";
    private const string ConsoleTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddLogging(this WebApplicationBuilder builder, SiloOptions options)
    {
        var (ours, frameworks) = Levels(options.LogDetail);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(frameworks)
            .MinimumLevel.Override("TekSipCloud", ours)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Warning)
            // Why the host did not start is the process's last word there; the file has the stack trace.
            .WriteTo.Logger(console => console
                .Filter.ByExcluding(e => e.MessageTemplate.Text == "Hosting failed to start")
                .WriteTo.Console(outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture))
            .WriteTo.File(
                Path.Combine(options.DataFolder, "logs", "teksip-.log"),
                outputTemplate: Template,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: options.KeepLogDays,
                buffered: false)
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddSerilog(logger, dispose: true);
    }

    private static (LogEventLevel Ours, LogEventLevel Frameworks) Levels(LogDetail detail) => detail switch
    {
        LogDetail.None => (LogEventLevel.Fatal, LogEventLevel.Fatal),
        LogDetail.Errors => (LogEventLevel.Error, LogEventLevel.Error),
        LogDetail.Debug => (LogEventLevel.Debug, LogEventLevel.Information),
        _ => (LogEventLevel.Information, LogEventLevel.Warning),
    };
}
