namespace TekSipCloud.Silo;

/// <summary>The command line's short names for configuration keys; any other key can be given as <c>--Section:Key value</c>.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["--data"] = "Silo:DataFolder",
        ["--http"] = "Silo:HttpPort",
        ["--https"] = "Silo:HttpsPort",
        ["--role"] = "Silo:Role",
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

    /// <summary>Adds the command line to the configuration, makes the data folder, and reads the process's own options.</summary>
    public static SiloOptions AddSiloOptions(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration.AddCommandLine(args, Names);
        builder.Services.AddOptions<SiloOptions>().BindConfiguration(SiloOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetValid<SiloOptions>(SiloOptions.Section);
        options.DataFolder = Directory.CreateDirectory(options.DataFolder).FullName;
        builder.Configuration["Silo:DataFolder"] = options.DataFolder;
        builder.Configuration["Storage:DataFolder"] = options.DataFolder;
        return options;
    }
}
