using System.Security.Cryptography;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Silo.Nodes;

/// <summary>Composition of the node itself: options, identity, command line.</summary>
internal static class NodeServices
{
    private static readonly Dictionary<string, string> CommandLine = new(StringComparer.Ordinal)
    {
        ["--data"] = "Node:DataFolder",
        ["--http"] = "Node:HttpPort",
        ["--https"] = "Node:HttpsPort",
        ["--role"] = "Node:Role",
        ["--bind"] = "Gateway:Bind",
        ["--external"] = "Gateway:External",
        ["--sip"] = "Gateway:SipPort",
        ["--sips"] = "Gateway:SipsPort",
        ["--rtp"] = "Gateway:RtpPorts",
        ["--domain"] = "Setup:Domain",
        ["--admin-password"] = "Setup:AdminPassword",
        ["--api-password"] = "Setup:ApiPassword",
        ["--demo"] = "Setup:Demo",
        ["--storage"] = "Storage:ConnectionString",
    };

    public static NodeOptions AddNode(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration.AddCommandLine(args, CommandLine);
        builder.Services.AddOptions<NodeOptions>().BindConfiguration(NodeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(NodeOptions.Section).Get<NodeOptions>() ?? new();
        options.DataFolder = Directory.CreateDirectory(options.DataFolder).FullName;
        builder.Configuration[$"{NodeOptions.Section}:{nameof(NodeOptions.DataFolder)}"] = options.DataFolder;

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => NewIncarnation(options.EffectiveName, services.GetRequiredService<TimeProvider>()));
        return options;
    }

    /// <summary>Sortable by time: eleven hex digits of milliseconds, five of chance.</summary>
    private static NodeIdentity NewIncarnation(string name, TimeProvider clock) =>
        new(name, $"{clock.GetUtcNow().ToUnixTimeMilliseconds():x11}{RandomNumberGenerator.GetInt32(0x100000):x5}");
}
