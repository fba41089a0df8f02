using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Api.TekSip;

/// <summary>
/// An extension as operation 15 shows it. The password's member is there and empty; the last three members are there
/// because the samples have them.
/// </summary>
internal sealed record TekSipExtension(
    string Username,
    string Password,
    string Redirection,
    bool AllowExternalCalls,
    bool RecordCalls,
    string Prefix,
    string ExternalRoute,
    bool Enabled,
    string? APIPassword = null,
    int OperationType = 0,
    object? Data = null)
{
    private const string None = "None";

    public static TekSipExtension From(Extension extension) => new(
        extension.Username,
        Password: "",
        extension.Redirection,
        extension.AllowExternalCalls,
        extension.RecordCalls,
        extension.Prefix,
        extension.ExternalRoute.Length == 0 ? None : extension.ExternalRoute,
        extension.Enabled);

    /// <summary>What the request says; what this API can't say stays as it is in <paramref name="current"/>.</summary>
    public static Extension Read(TekSipFields fields, string username, Extension? current) =>
        (current ?? new Extension { Username = username }) with
        {
            Enabled = fields.Flag("Enabled", true),
            AllowExternalCalls = fields.Flag("AllowExternalCalls", false),
            RecordCalls = fields.Flag("RecordCalls", false),
            Prefix = fields.Text("Prefix"),
            Redirection = ReadRedirection(fields.Text("Redirection")),
            ExternalRoute = OrNothing(fields.Text("ExternalRoute")),
        };

    private static string ReadRedirection(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Equals(Extension.VoiceMail, StringComparison.OrdinalIgnoreCase)
            ? Extension.VoiceMail
            : OrNothing(text);

    private static string OrNothing(string text) => text.Equals(None, StringComparison.OrdinalIgnoreCase) ? "" : text;
}
