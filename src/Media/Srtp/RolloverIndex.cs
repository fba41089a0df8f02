namespace TekSipCloud.Media.Srtp;

/// <summary>Tells the 48-bit index of a packet from its 16-bit sequence number (RFC 3711 §3.3.1 and Appendix A).</summary>
internal static class RolloverIndex
{
    private const ulong Cycle = 1UL << 16;
    private const ulong Half = Cycle / 2;

    /// <summary>Finds the index nearest to the highest one known.</summary>
    /// <param name="sequenceNumber">Of the packet.</param>
    /// <param name="highest">The highest index known.</param>
    /// <param name="index">The packet's index.</param>
    /// <returns>False for a packet from before the first one.</returns>
    public static bool TryEstimate(ushort sequenceNumber, ulong highest, out ulong index)
    {
        index = highest & ~(Cycle - 1) | sequenceNumber;
        if (index + Half < highest)
        {
            index += Cycle;
        }
        else if (index > highest + Half)
        {
            if (index < Cycle)
                return false;

            index -= Cycle;
        }

        return true;
    }
}
