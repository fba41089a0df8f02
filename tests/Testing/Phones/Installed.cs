namespace TekSipCloud.Testing.Phones;

/// <summary>Finds programs that <c>./test</c> installs.</summary>
internal static class Installed
{
    /// <summary>Where the program is.</summary>
    /// <exception cref="InvalidOperationException">It is missing; the message says what to install.</exception>
    public static string Demand(string program, string package)
    {
        // Daemons are installed where a user's PATH does not lead.
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin".Split(Path.PathSeparator);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is missing. Install it: apt-get install {package}");
    }
}
