using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>RFC 3261 §12: a dialog is found by Call-ID and both tags, and by nothing less.</summary>
public sealed class DialogTableTests
{
    private readonly DialogTable<string> _table = new();
    private readonly Dialog _dialog = Dialog.CreateServer(TransactionBench.Request("INVITE"), "t1"u8)!;

    public DialogTableTests() => _table.Add(_dialog, "kept");

    [Fact]
    public void A_request_of_the_dialog_finds_it()
    {
        Assert.True(DialogName.TryOfRequest(TransactionBench.Request("BYE", toTag: "t1"), out var name));
        Assert.True(_table.TryFind(name, out var kept));
        Assert.Equal("kept", kept);
    }

    [Fact]
    public void Another_tag_finds_nothing()
    {
        Assert.True(DialogName.TryOfRequest(TransactionBench.Request("BYE", toTag: "t2"), out var name));
        Assert.False(_table.TryFind(name, out _));
    }

    [Fact]
    public void A_request_without_a_tag_is_of_no_dialog() => Assert.False(DialogName.TryOfRequest(TransactionBench.Request("INVITE"), out _));

    [Fact]
    public void By_the_Call_ID_alone_it_is_known_that_there_is_one()
    {
        Assert.True(_table.HasCall(_dialog.Name.CallId));
        Assert.False(_table.HasCall("another@call"u8));
    }

    [Fact]
    public void The_Call_ID_is_the_others_where_the_other_sent_the_INVITE() => Assert.False(_dialog.OwnsCallId); // RFC 3261 §14.1

    [Fact]
    public void What_was_removed_is_not_found()
    {
        _table.Remove(_dialog);

        Assert.True(DialogName.TryOfRequest(TransactionBench.Request("BYE", toTag: "t1"), out var name));
        Assert.False(_table.TryFind(name, out _));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        var request = TransactionBench.Request("BYE", toTag: "t1");

        Allocations.AssertNone(() =>
        {
            _ = DialogName.TryOfRequest(request, out var name);
            _ = _table.TryFind(name, out _);
        });
    }
}
