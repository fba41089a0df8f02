using System.Text;

namespace Azure.Data.Tables;

/// <summary>A query of encoded name=value parts; parts without a value are left out.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder _text = new();

    public QueryString Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryString Add(IEnumerable<(string Name, string Value)> parts)
    {
        foreach (var (name, value) in parts)
            Add(name, value);

        return this;
    }

    public override string ToString() => _text.ToString();
}
