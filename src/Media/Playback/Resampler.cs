using System.Numerics;

namespace TekSipCloud.Media.Playback;

/// <summary>
/// Changes the rate of samples downwards by a polyphase low-pass filter: a sinc under a Kaiser window. What the lower rate can't carry is 80 dB
/// down, what a telephone carries (to 3.4 kHz at 8 kHz) passes.
/// </summary>
internal sealed class Resampler
{
    private const int ZeroCrossings = 32;
    private const double Beta = 8;

    // Of half the lower rate: the filter's middle, so that its far end is at that half.
    private const double Cutoff = 0.925;

    private readonly int _up;
    private readonly int _down;
    private readonly int _half;
    private readonly float[][] _phases;

    /// <param name="from">The rate of the input.</param>
    /// <param name="to">The lower rate of the output.</param>
    public Resampler(int from, int to)
    {
        var common = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / common, from / common);
        var step = (double)from / to;
        _half = (int)Math.Ceiling(ZeroCrossings * step);
        _phases = [.. Enumerable.Range(0, _up).Select(phase => Filter(phase / (double)_up, Cutoff / step))];
    }

    /// <summary>How many samples come of so many.</summary>
    public int CountOutputs(int inputs) => (int)((long)inputs * _up / _down);

    /// <summary>The most inputs that so many outputs in a row depend on.</summary>
    public int InputsOf(int outputs) => (int)((long)outputs * _down / _up) + 1 + 2 * _half;

    /// <summary>The first input that an output depends on; below zero at the beginning.</summary>
    public long FirstInputOf(long output) => output * _down / _up - _half + 1;

    /// <summary>One output.</summary>
    /// <param name="inputs">Inputs from <paramref name="first"/> on.</param>
    /// <param name="first">Which input is the first of them.</param>
    /// <param name="output">Which output.</param>
    public float Output(ReadOnlySpan<float> inputs, long first, long output)
    {
        var filter = _phases[(int)(output * _down % _up)].AsSpan();
        inputs = inputs.Slice((int)(FirstInputOf(output) - first), filter.Length);
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= filter.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += new Vector<float>(filter[i..]) * new Vector<float>(inputs[i..]);

        var sum = Vector.Sum(sums);
        for (; i < filter.Length; i++)
            sum += filter[i] * inputs[i];

        return sum;
    }

    private float[] Filter(double phase, double cutoff)
    {
        var filter = new double[2 * _half];
        for (var i = 0; i < filter.Length; i++)
        {
            // From this input to the output's moment, in inputs.
            var distance = i - _half + 1 - phase;
            var x = Math.PI * distance * cutoff;
            filter[i] = (x == 0 ? 1 : Math.Sin(x) / x) * Kaiser(distance / _half);
        }

        // Every phase passes a constant as it is: no hum at the rate of the phases.
        var sum = filter.Sum();
        return [.. filter.Select(tap => (float)(tap / sum))];
    }

    private static double Kaiser(double position) =>
        Math.Abs(position) > 1 ? 0 : BesselI0(Beta * Math.Sqrt(1 - position * position)) / BesselI0(Beta);

    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
