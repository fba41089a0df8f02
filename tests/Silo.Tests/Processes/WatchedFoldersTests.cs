using Microsoft.Extensions.Configuration;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Processes;

/// <summary>What the host looks at is chosen, not all that happens to be where it was started.</summary>
public sealed class WatchedFoldersTests(HostFixture fixture)
{
    [Fact]
    public async Task No_settings_file_is_watched_since_that_watches_every_folder_below_the_working_directory()
    {
        var data = Directory.CreateTempSubdirectory("watched-");
        using var ports = new HostPorts();
        string[] args =
        [
            "--data", data.FullName, "--http", $"{ports.Http}", "--sip", $"{ports.Sip}", "--rtp", ports.Rtp, "--storage", fixture.Azurite.ConnectionString,
        ];
        await using var app = SiloApplication.Build(args);

        var files = ((IConfigurationRoot)app.Configuration).Providers.OfType<FileConfigurationProvider>().ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange, $"{file.Source.Path} is watched"));
        data.Delete(recursive: true);
    }
}
