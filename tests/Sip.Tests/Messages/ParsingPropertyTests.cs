using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tests.Transactions;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class ParsingPropertyTests
{
    private const string TokenCharacters = "abcXYZ019-.!%*_+`'~";
    private const string UserCharacters = "abcXYZ019-_.!~*'()&=+$,;?/#";

    private static readonly byte[] Delimiters = "\r\n \t\":;,<>@%=\\[]?*\0"u8.ToArray();
    private static readonly Gen<string> Token = TextOf(TokenCharacters);
    private static readonly Gen<string> Host = Gen.Elements("example.com", "192.0.2.1", "[2001:db8::1]", "a-b.c_d.test");
    private static readonly Gen<int> Port = Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 65_535)));

    private static readonly Gen<string> Uri =
        from scheme in Gen.Elements("sip", "sips")
        from user in Gen.OneOf(Gen.Constant(""), TextOf(UserCharacters), Gen.Constant("a%20b%40"))
        from host in Host
        from port in Port
        from parameters in Gen.Elements("", ";lr", ";transport=tcp;lr", ";x=%41")
        select $"{scheme}:{(user.Length > 0 ? user + "@" : "")}{host}{(port > 0 ? $":{port}" : "")}{parameters}";

    private static readonly Gen<string> Name = ArbMap.Default.GeneratorFor<string>()
        .Select(text => new string([.. (text ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]));

    [Fact]
    public void A_URI_read_is_the_URI_written() =>
        Prop.ForAll(Uri.ToArbitrary(), text =>
        {
            var isUri = SipUri.TryParse(Encoding.UTF8.GetBytes(text), out var uri, out _);
            var user = uri.User.IsEmpty ? "" : Text(uri.User) + (uri.Password.IsEmpty ? "" : ":" + Text(uri.Password)) + "@";
            var port = uri.Port > 0 ? $":{uri.Port}" : "";
            return isUri && uri.IsEquivalentTo(uri)
                && text == $"{(uri.Scheme == SipUriScheme.Sips ? "sips" : "sip")}:{user}{Text(uri.Host)}{port}{Text(uri.Parameters.Bytes)}";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_address_read_is_the_address_written() =>
        Prop.ForAll(Name.ToArbitrary(), Uri.ToArbitrary(), Token.ToArbitrary(), (name, uri, tag) =>
        {
            var message = Write(writer => writer.Address(SipHeaderName.From, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(uri), Encoding.UTF8.GetBytes(tag)));
            return message.TryGetFrom(out var from)
                && Text(from.UnquoteDisplayName(new byte[from.DisplayName.Length])) == name
                && Text(from.Uri) == uri
                && Text(from.Tag) == tag;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_Via_read_is_the_Via_written() =>
        Prop.ForAll(Host.ToArbitrary(), Port.ToArbitrary(), Token.ToArbitrary(), (host, port, branch) =>
        {
            var sentBy = port > 0 ? $"{host}:{port}" : host;
            var message = Write(writer => writer.Via("TLS"u8, Encoding.UTF8.GetBytes(sentBy), Encoding.UTF8.GetBytes("z9hG4bK" + branch)));
            return message.TryGetTopVia(out var via)
                && Text(via.Transport) == "TLS" && Text(via.Host) == host && via.Port == port
                && Text(via.Branch) == "z9hG4bK" + branch && via.HasRport && via.HasMagicCookie;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_read_is_the_message_written() =>
        Prop.ForAll(Token.ToArbitrary(), Name.ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (header, value, body) =>
        {
            body ??= [];
            var trimmed = value.Trim(' ', '\t');
            var message = Write(writer => writer.Header(Encoding.UTF8.GetBytes("X-" + header), Encoding.UTF8.GetBytes(value)), body);
            foreach (var line in message.Lines)
            {
                if (line.Name == SipHeaderName.Other)
                    return Text(line.NameBytes) == "X-" + header && Text(line.Value) == trimmed && message.Body.SequenceEqual(body);
            }

            return false;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_whatever_make_a_parser_throw()
    {
        var random = new Random(4475);
        var message = new SipMessage();
        var bytes = new byte[400];
        for (var round = 0; round < 20_000; round++)
        {
            var length = random.Next(bytes.Length);
            random.NextBytes(bytes.AsSpan(0, length));
            ReadEverything(message, bytes.AsMemory(0, length));
        }
    }

    [Fact]
    public void No_mutation_of_a_message_makes_a_parser_throw()
    {
        var random = new Random(5118);
        var message = new SipMessage();
        byte[][] corpus = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", "Rfc4475")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        for (var round = 0; round < 20_000; round++)
            ReadEverything(message, Mutate(corpus[random.Next(corpus.Length)], random));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var copy = original.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(copy.Count);
            var octet = random.Next(3) == 0 ? (byte)random.Next(256) : Delimiters[random.Next(Delimiters.Length)];
            if (random.Next(3) == 0)
                copy.RemoveRange(at, Math.Min(random.Next(1, 20), copy.Count - at - 1));
            else if (random.Next(2) == 0)
                copy[at] = octet;
            else
                copy.Insert(at, octet);
        }

        return [.. copy];
    }

    /// <summary>Parses, then reads whatever can be read and answers whatever can be answered.</summary>
    private static void ReadEverything(SipMessage message, Memory<byte> bytes)
    {
        var isWhole = message.TryParse(bytes, SipLimits.Default, out var error);
        Assert.Equal(isWhole, error == SipParseError.None);
        _ = message.TryGetRequestUri(out var uri, out _) && uri.IsEquivalentTo(uri);
        _ = message.TryGetTopVia(out var via) && via.Rport + via.Ttl > 0;
        foreach (var value in message.Values(SipHeaderName.Contact))
        {
            if (ContactHeader.TryParse(value, out var contact, out _) && contact.Address.TryGetUri(out var target, out _))
                _ = target.UnescapeUser(new byte[target.User.Length]).Length + (contact.Expires ?? 0) + contact.Instance.Length;
        }

        foreach (var line in message.Lines)
        {
            _ = NameAddress.TryParse(line.Value, out var address, out _) && !address.UnquoteDisplayName(new byte[line.Value.Length]).IsEmpty;
            _ = DigestCredentials.TryParse(line.Value, out var credentials, out _) && credentials.IsFor(message);
            _ = DigestChallenge.TryParse(line.Value, out _, out _);
        }

        if (!message.CanBeAnswered)
            return;
        var writer = new SipWriter();
        SipResponse.Start(writer, message, 400, new(System.Net.IPAddress.Loopback, 5060), "t"u8);
        foreach (var line in message.Lines)
        {
            if (line.Name != SipHeaderName.ContentLength && SipHeaderNames.Parse(line.NameBytes) != SipHeaderName.ContentLength)
                writer.CopyLine(line);
        }

        writer.End();
    }

    private static SipMessage Write(Action<SipWriter> write, byte[]? body = null)
    {
        var writer = new SipWriter();
        writer.RequestLine(SipMethod.Options, "sip:a@b"u8);
        write(writer);
        writer.Header(SipHeaderName.Via, "SIP/2.0/UDP other"u8);
        foreach (var (name, value) in ((SipHeaderName, string)[])[(SipHeaderName.From, "<sip:a@b>;tag=1"), (SipHeaderName.To, "<sip:a@b>"), (SipHeaderName.CallId, "1"), (SipHeaderName.CSeq, "1 OPTIONS")])
        {
            if (!Text(writer.Written).Contains($"\r\n{name}: ", StringComparison.Ordinal))
                writer.Header(name, Encoding.ASCII.GetBytes(value));
        }

        writer.Body("application/octet-stream"u8, body ?? []);
        var message = SipMessage.Parse(writer.Written.ToArray());
        IsKnownWithoutBeingRead(writer, message);
        return message;
    }

    private static readonly SipMessage Other = TransactionBench.Request("OPTIONS", toTag: "t1", extra: "Via: SIP/2.0/TCP [2001:db8::1]\nSubject: another\n");

    /// <summary>What is sent is not parsed, and is all the same what a parser finds.</summary>
    private static void IsKnownWithoutBeingRead(SipWriter writer, SipMessage read)
    {
        var known = new SipMessage();
        Assert.True(known.TryTake(writer, writer.TryIdentify(out _)));
        Assert.Equal(Everything(read), Everything(known));

        // A message that was another before is none the worse for it.
        known.CopyFrom(Other);
        Assert.Equal(Everything(Other), Everything(known));
        Assert.True(known.TryTake(writer, writer.TryIdentify(out _)));
        Assert.Equal(Everything(read), Everything(known));
    }

    private static List<string> Everything(SipMessage message)
    {
        Assert.True(message.TryGetTopVia(out var via) & message.TryGetFrom(out var from) & message.TryGetTo(out var to));
        Assert.True(message.TryGetCSeq(out var cseq, out _) & message.TryGetRequestUri(out var uri, out _));
        List<string> found =
        [
            $"{message.Method} {Text(message.MethodToken)} {Text(message.RequestUri)} {Text(uri.Host)} {message.IsRequest} {message.CanBeAnswered}",
            $"{Text(via.Head)} {Text(via.Transport)} {Text(via.Host)} {via.Port} {Text(via.Branch)} {Text(via.Parameters.Bytes)}",
            $"{Text(from.DisplayName)} {Text(from.Uri)} {Text(from.Tag)} {Text(to.Uri)} {Text(to.Tag)} {cseq.Number} {Text(cseq.Method)}",
            Convert.ToHexString(message.Body), Convert.ToHexString(message.Bytes.Span),
        ];
        foreach (var line in message.Lines)
            found.Add($"{line.Name} {Text(line.NameBytes)} {Convert.ToHexString(line.Value)} {Text(message.TryGet(line.Name, out var first) ? first : [])}");
        return found;
    }

    private static Gen<string> TextOf(string characters) =>
        Gen.Elements(characters.ToCharArray()).NonEmptyListOf().Select(list => new string([.. list]));
}
