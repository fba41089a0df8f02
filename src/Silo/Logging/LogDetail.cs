namespace TekSipCloud.Silo.Logging;

/// <summary>How much is logged; the first three are the manual's levels.</summary>
public enum LogDetail
{
    None = 0,
    Errors = 1,
    Sessions = 2,
    Debug = 3,
}
