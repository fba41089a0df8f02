namespace TekSipCloud.Storage.Nodes;

/// <summary>A node's lease as stored.</summary>
/// <param name="Name">The node.</param>
/// <param name="Incarnation">Its start.</param>
/// <param name="Expires">Until when nobody else may take it.</param>
/// <param name="Process">Who holds it, so that a restart on the same machine need not wait for a dead predecessor's
/// lease.</param>
internal sealed record LeaseDocument(string Name, string Incarnation, DateTimeOffset Expires, ProcessMark Process);
