using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Api.TekSip;

/// <summary>A destination as operation 3 shows it. The password's member is there and empty.</summary>
internal sealed record TekSipDestination(
    string Username,
    string AuthUsername,
    string Password,
    bool Register,
    int Timeout,
    string Domain,
    string Gateway,
    int Port,
    int Transport,
    int Capacity,
    bool Ping,
    bool Enabled,
    bool RemovePrefix,
    bool MediaEncryption,
    string AddPrefix,
    string TranslationProfile,
    int Type,
    string Name)
{
    public static TekSipDestination From(Destination destination) => new(
        destination.Username,
        destination.AuthUsername,
        Password: "",
        destination.Register,
        (int)destination.Timeout.TotalSeconds,
        destination.Domain,
        destination.Gateway,
        destination.Port,
        (int)destination.Transport,
        destination.Capacity,
        destination.Ping,
        destination.Enabled,
        destination.RemovePrefix,
        destination.MediaEncryption is Contracts.Calls.MediaEncryption.Required or Contracts.Calls.MediaEncryption.Dtls,
        destination.AddPrefix,
        destination.TranslationProfile,
        (int)destination.Type,
        destination.Name);

    public static Destination Read(TekSipFields fields) => new()
    {
        Name = fields.Demand("Name"),
        Username = fields.Text("Username"),
        AuthUsername = fields.Text("AuthUsername"),
        Register = fields.Flag("Register", false),
        Timeout = TimeSpan.FromSeconds(fields.Number("Timeout", 3600)),
        Domain = fields.Text("Domain"),
        Gateway = fields.Text("Gateway"),
        Port = fields.Number("Port", 5060),
        Transport = fields.Choice("Transport", Contracts.Destinations.Transport.Udp),
        Capacity = fields.Number("Capacity", 0),
        Ping = fields.Flag("Ping", false),
        Enabled = fields.Flag("Enabled", true),
        RemovePrefix = fields.Flag("RemovePrefix", false),
        MediaEncryption = fields.Flag("MediaEncryption", false) ? Contracts.Calls.MediaEncryption.Required : Contracts.Calls.MediaEncryption.Off,
        AddPrefix = fields.Text("AddPrefix"),
        TranslationProfile = fields.Text("TranslationProfile", "Default"),
        Type = fields.Choice("Type", DestinationType.Ua),
    };
}
