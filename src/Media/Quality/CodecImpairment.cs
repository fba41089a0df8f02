namespace TekSipCloud.Media.Quality;

/// <summary>How a codec sounds to the E-model (ITU-T G.107 §7.5).</summary>
/// <param name="Equipment">Ie: what it costs without any loss, 0 to 95.</param>
/// <param name="LossRobustness">Bpl: how well it stands random loss; null where no figure is published.</param>
public readonly record struct CodecImpairment(double Equipment, double? LossRobustness)
{
    /// <summary>The figures of ITU-T G.113 appendix I for a codec by its name in SDP; null for one that it has none for, such as Opus or any wideband codec.</summary>
    public static CodecImpairment? Of(string codec) => codec.ToUpperInvariant() switch
    {
        // Table I.2: 25.1 is with concealment of losses (G.711 appendix I), which phones have.
        "PCMU" or "PCMA" => new(0, 25.1),
        // G.729A: phones have that, and its packets are those of G.729.
        "G729" => new(11, 19),
        "G723" => new(15, 16.1),
        "GSM-EFR" => new(5, 10),
        // Table I.1 alone
        "GSM" => new(20, null),
        "G728" => new(7, null),
        "G726-16" => new(50, null),
        "G726-24" => new(25, null),
        "G726-32" => new(7, null),
        "G726-40" => new(2, null),
        _ => null,
    };
}
