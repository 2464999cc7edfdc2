using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>A whole option chain as the exchange printed it, with its own Greeks.</summary>
[Trait("Category", "Published")]
public sealed class Deribit_chain_of_May_2020
{
    private const string FileName = "data/options/deribit_btc_2020-05-21_full_greeks.csv";
    private const double MillisecondsPerYear = 365.0 * 86_400_000;

    private static readonly DataTable? Chain = DataTable.Open(FileName);

    public static IEnumerable<ITheoryDataRow> Rows()
    {
        if (Chain is null) return [new TheoryDataRow<int>(-1) { Skip = SharedFolder.HowToFind(FileName), TestDisplayName = FileName }];
        return Enumerable.Range(0, Chain.Count).Select(row => new TheoryDataRow<int>(row) { TestDisplayName = Chain.Text(row, "instrument") });
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_exchange_and_we_print_the_same_figures(int row)
    {
        var chain = Chain!;
        var option = new OptionInputs(
            chain.Text(row, "type") == "put" ? OptionSide.Put : OptionSide.Call,
            chain.Number(row, "underlying_price"),
            chain.Number(row, "strike"),
            (chain.Number(row, "expiry_ms") - chain.Number(row, "ts_ms")) / MillisecondsPerYear,
            chain.Number(row, "mark_iv") / 100);
        var greeks = Black76.Greeks(option);

        InverseOption.Price(option).ShouldBe(chain.Number(row, "mark_price"), 3e-4);
        greeks.Delta.ShouldBe(chain.Number(row, "delta"), 1.5e-4);
        greeks.Gamma.ShouldBe(chain.Number(row, "gamma"), 6e-6);
        greeks.Vega.ShouldBe(chain.Number(row, "vega"), 2e-3);
        DeribitView.Theta(option, chain.Number(row, "mark_price")).ShouldBe(chain.Number(row, "theta"), 0.03);
    }

    [Fact]
    public void The_chain_has_rows()
    {
        Assert.SkipWhen(Chain is null, SharedFolder.HowToFind(FileName));
        Chain!.Count.ShouldBe(326);
    }
}
