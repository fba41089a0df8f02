using System.Globalization;

namespace TekSipCloud.Testing.Phones;

/// <summary>What sipp counted, from its statistics file.</summary>
/// <param name="Successful">Calls that went through their scenario.</param>
/// <param name="Failed">Calls that did not.</param>
/// <param name="Retransmissions">Messages it had to send again.</param>
public sealed record SippFigures(long Successful, long Failed, long Retransmissions)
{
    /// <summary>Reads the last line.</summary>
    public static SippFigures Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(';');
        var values = lines[^1].Split(';');
        long Value(string name) => long.Parse(values[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
        return new(Value("SuccessfulCall(C)"), Value("FailedCall(C)"), Value("Retransmissions(C)"));
    }
}
