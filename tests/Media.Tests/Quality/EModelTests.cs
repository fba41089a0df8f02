using TekSipCloud.Media.Quality;

namespace TekSipCloud.Media.Tests.Quality;

/// <summary>The E-model, held to values of ITU-T G.107 and G.113 and to what is worked out by hand from their formulas.</summary>
public sealed class EModelTests
{
    private static readonly CodecImpairment G711 = CodecImpairment.Of("PCMU")!.Value;

    [Fact]
    public void With_all_defaults_the_rating_is_93_2_and_the_score_4_41()
    {
        // G.107 §7.7: "R = 93.2"
        var rating = EModel.Rating(G711, 0, TimeSpan.Zero)!.Value;

        Assert.Equal(93.2, rating, 0.05);
        Assert.Equal(4.41, EModel.MeanOpinion(rating), 0.005);
    }

    [Theory]
    // G.107 annex B, table B.1: limits of the categories of satisfaction
    [InlineData(90, 4.34)]
    [InlineData(80, 4.03)]
    [InlineData(70, 3.60)]
    [InlineData(60, 3.10)]
    [InlineData(50, 2.58)]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(100, 4.5)]
    [InlineData(120, 4.5)]
    public void A_rating_is_a_score(double rating, double score) => Assert.Equal(score, EModel.MeanOpinion(rating), 0.01);

    [Theory]
    // G.107 §7.5: (95 - Ie) Ppl / (Ppl + Bpl)
    [InlineData("PCMA", 5, 15.78)]
    [InlineData("PCMU", 1, 3.64)]
    [InlineData("G729", 0, 11)]
    [InlineData("g729", 3, 11 + 11.45)]
    [InlineData("G723", 2, 15 + 8.84)]
    [InlineData("GSM-EFR", 2, 5 + 15)]
    [InlineData("G726-32", 0, 7)]
    public void Codec_and_loss_cost_what_G_113_says(string codec, double loss, double cost)
    {
        var best = EModel.Rating(G711, 0, TimeSpan.Zero)!.Value;

        Assert.Equal(cost, best - EModel.Rating(CodecImpairment.Of(codec)!.Value, loss, TimeSpan.Zero)!.Value, 0.01);
    }

    [Fact]
    public void A_delay_is_felt_from_100_ms_on_and_costs_24_at_400()
    {
        // G.107 §7.4: Idd of 400 ms, X = 2, is 24.07; talker's and listener's echo at 65 dB and 110 dB add little.
        var (at0, at100, at400) = (Delayed(0), Delayed(100), Delayed(400));

        Assert.InRange(at0 - at100, 0, 4);
        Assert.InRange(at0 - at400, 24.07, 24.07 + 8);
    }

    [Fact]
    public void More_delay_is_never_better()
    {
        var ratings = Enumerable.Range(0, 100).Select(i => Delayed(i * 10)).ToArray();

        Assert.Equal(ratings.OrderDescending(), ratings);
    }

    [Theory]
    [InlineData("OPUS")]
    [InlineData("G722")]
    [InlineData("")]
    public void A_codec_without_published_figures_has_no_score(string codec) =>
        Assert.Null(HeardQuality.Score(codec, 100, 0, TimeSpan.Zero, TimeSpan.Zero));

    [Fact]
    public void A_codec_whose_loss_has_no_figure_has_a_score_without_loss_alone()
    {
        Assert.NotNull(HeardQuality.Score("GSM", 100, 0, TimeSpan.Zero, TimeSpan.Zero));
        Assert.Null(HeardQuality.Score("GSM", 100, 1, TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void What_was_not_measured_has_no_score()
    {
        var (no, some) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(30));

        Assert.Null(HeardQuality.Score("PCMU", 0, 0, no, no));
        Assert.Null(HeardQuality.Score("PCMU", 100, null, no, no));
        Assert.Null(HeardQuality.Score("PCMU", 100, 0, null, no));
        Assert.Null(HeardQuality.Score("PCMU", 100, 0, no, null));
        Assert.Equal(4.38, HeardQuality.Score("PCMU", 100, 0, no, some)!.Value, 0.03);
    }

    private static double Delayed(int milliseconds) => EModel.Rating(G711, 0, TimeSpan.FromMilliseconds(milliseconds))!.Value;
}
