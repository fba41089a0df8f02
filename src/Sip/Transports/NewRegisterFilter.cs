using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A program for the system's packet filter (classic BPF) that drops a share of the REGISTERs without credentials before they reach a socket's queue: work that
/// nobody has done anything for yet, and that its phone repeats (RFC 3261 §17.1.2.2). In doubt a datagram passes.
/// </summary>
internal static class NewRegisterFilter
{
    /// <summary>Bytes of a message that are searched; a longer one passes. What that takes of a socket's option memory is below what any kernel grants.</summary>
    public const int Searched = 1_000;

    private const int UdpHeader = 8;

    /// <summary>Header lines begin no earlier: "REGISTER sip:a SIP/2.0" stands before them.</summary>
    private const int FirstSearched = 20;

    /// <summary>
    /// Where "authorization" begins: its end is that of OPTIONS and application as well, which most REGISTERs have. No letter of it is changed by
    /// reading it as a small one; in any case it is written (RFC 3261 §7.3.1).
    /// </summary>
    private const string Name = "authorizati";
    private const uint SmallLetters = 0x20202020;
    private const int Word = 4;

    /// <summary>Each look at one word in so many finds the name, wherever it begins: one of its words begins there.</summary>
    private static readonly int Stride = Name.Length - Word + 1;

    private const ushort LoadWord = 0x20;
    private const ushort Or = 0x44;
    private const ushort Jump = 0x05;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfNotLess = 0x35;
    private const ushort Return = 0x06;

    /// <summary>SKF_AD_OFF + SKF_AD_RANDOM: 32 random bits.</summary>
    private const uint RandomWord = unchecked((uint)(-0x1000 + 56));

    /// <summary>Writes the program.</summary>
    /// <param name="share">What is dropped of them, above 0 and up to 1.</param>
    /// <returns>Its instructions, as the system takes them.</returns>
    public static Instruction[] Write(double share)
    {
        var program = new List<Instruction>();
        PassUnless(program, "REGI", at: UdpHeader);
        PassUnless(program, "STER", at: UdpHeader + Word);
        program.Add(new(LoadWord, RandomWord));
        // Not less than the share: it passes.
        program.AddRange([new(JumpIfNotLess, (uint)Math.Min(share * uint.MaxValue, uint.MaxValue), OnFalse: 1), Pass]);
        for (var at = FirstSearched; at < Searched; at += Stride)
            PassIfNamed(program, UdpHeader + at);
        program.Add(Pass);
        return [.. program];
    }

    private static Instruction Pass => new(Return, uint.MaxValue);

    private static void PassUnless(List<Instruction> program, string word, int at) =>
        program.AddRange([new(LoadWord, (uint)at), new(JumpIfEqual, WordOf(word), OnTrue: 1), Pass]);

    /// <summary>Loading what is beyond the end drops the datagram: then the name is not in it.</summary>
    private static void PassIfNamed(List<Instruction> program, int at)
    {
        program.AddRange([new(LoadWord, (uint)at), new(Or, SmallLetters)]);
        for (var i = 0; i < Stride; i++)
            program.Add(new(JumpIfEqual, WordOf(Name[i..(i + Word)]), OnTrue: (byte)(Stride - i)));
        program.AddRange([new(Jump, 1), Pass]);
    }

    private static uint WordOf(string letters) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(letters));

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte OnTrue, byte OnFalse, uint Value)
    {
        public Instruction(ushort code, uint value, byte OnTrue = 0, byte OnFalse = 0)
            : this(code, OnTrue, OnFalse, value)
        {
        }
    }
}
