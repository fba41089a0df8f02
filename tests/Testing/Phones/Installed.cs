namespace TekSipCloud.Testing.Phones;

/// <summary>Finds programs that <c>./test</c> installs.</summary>
internal static class Installed
{
    /// <summary>The name again, when the program is there.</summary>
    /// <exception cref="InvalidOperationException">It is missing; the message says what to install.</exception>
    public static string Demand(string program, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, program)))
            ? program
            : throw new InvalidOperationException($"{program} is missing. Install it: apt-get install {package}");
    }
}
