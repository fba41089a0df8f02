namespace TekSipCloud.Storage.Rows;

/// <summary>Writes a value as JSON.</summary>
internal delegate void WriteJson<in T>(ref JsonText json, T value);
