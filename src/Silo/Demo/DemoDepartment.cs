namespace TekSipCloud.Silo.Demo;

/// <summary>A part of the demo company and how it uses the telephone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">Its first extension, whose owner takes the calls that nobody else there answers.</param>
/// <param name="Size">How many extensions it has.</param>
/// <param name="Calls">How often one of them calls, relative to the others.</param>
/// <param name="Called">How often one of them is called, relative to the others.</param>
/// <param name="CallsOutside">Whether they may call outside.</param>
internal sealed record DemoDepartment(string Name, int First, int Size, double Calls, double Called, bool CallsOutside);
