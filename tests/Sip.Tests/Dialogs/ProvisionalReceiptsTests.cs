using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Dialogs;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>RFC 3262 §4: which reliable provisional responses a caller acknowledges.</summary>
public sealed class ProvisionalReceiptsTests
{
    [Fact]
    public void The_first_may_have_any_number_and_what_follows_is_one_more()
    {
        var receipts = new ProvisionalReceipts();

        Assert.Equal(ProvisionalReceipt.Next, receipts.Take(776_656));
        Assert.Equal(ProvisionalReceipt.Repeated, receipts.Take(776_656));
        Assert.Equal(ProvisionalReceipt.OutOfOrder, receipts.Take(776_658));
        Assert.Equal(ProvisionalReceipt.Next, receipts.Take(776_657));
        Assert.Equal(ProvisionalReceipt.Repeated, receipts.Take(776_656));
    }

    [Fact]
    public void Nothing_follows_the_highest_number()
    {
        var receipts = new ProvisionalReceipts();
        receipts.Take(uint.MaxValue);

        Assert.Equal(ProvisionalReceipt.Repeated, receipts.Take(1));
        Assert.Equal(ProvisionalReceipt.Repeated, receipts.Take(uint.MaxValue));
    }

    [Fact]
    public void Whatever_comes_in_whatever_order_each_is_acknowledged_once_and_in_its_order()
    {
        var numbers = Gen.Choose(1, 12).Select(number => (uint)number).ArrayOf();
        Prop.ForAll(numbers.ToArbitrary(), AreInOrder).Check(Config.QuickThrowOnFailure);
    }

    private static bool AreInOrder(uint[] numbers)
    {
        var receipts = new ProvisionalReceipts();
        var acknowledged = numbers.Where(number => receipts.Take(number) == ProvisionalReceipt.Next).ToArray();
        return acknowledged.Select((number, index) => number == acknowledged[0] + index).All(isNext => isNext)
            && (numbers.Length == 0 || acknowledged[0] == numbers[0]);
    }
}
