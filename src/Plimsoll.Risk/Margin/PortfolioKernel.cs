using System.Runtime.CompilerServices;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// One portfolio that need not exist, judged in registers: what <see cref="Judge.Portfolio"/> says, to the last bit. A
/// liquidation asks some dozens of such questions for each account that it plans.
/// </summary>
internal static unsafe class PortfolioKernel
{
    /// <summary>Whether registers are enough: the rulebook has no optional sections, and nothing beside what is held decides.</summary>
    public static bool Takes(in Holdings holdings, MarginModel model) =>
        model.Table.IsNeutral && model.Pledges is null
        && holdings.Mode == MarginMode.Portfolio && holdings.Others is null && holdings.CostsOf.IsEmpty
        && AccountSums.Room(holdings) <= AccountKernel.Room;

    /// <summary>The verdict on a portfolio that registers are enough for.</summary>
    [SkipLocalsInit]
    public static Verdict Judge(in Holdings holdings, ResponseSet responses, MarginModel model)
    {
        int room = AccountSums.Room(holdings);
        int* assets = stackalloc int[room];
        double* coins = stackalloc double[2 * room];
        Verdict verdict = default;
        fixed (double* values = responses.UnitValues, notionals = responses.Notionals, prices = responses.AssetPrices)
        fixed (double* rows = PricedColumns.Rows(responses.Instruments), assetRows = PricedColumns.Rows(responses.Assets))
        fixed (double* firstEnds = model.Schedule.FirstEnds, firstParts = model.Schedule.FirstParts)
        fixed (int* settlements = responses.Settlements, instruments = holdings.Instruments, owned = holdings.Assets)
        fixed (double* quantities = holdings.Quantities, money = holdings.Money)
        {
            var market = new MarketColumns(values, notionals, settlements, rows, prices, assetRows, firstEnds, firstParts, responses.Settlements.Length);
            var kernel = new AccountKernel(market, model, assets, coins, coins + room);
            if (kernel.Judge(instruments, quantities, holdings.Instruments.Length, owned, money, holdings.Assets.Length, &verdict)) return verdict;
        }

        return Margin.Judge.Portfolio(holdings, PricedColumns.Of(responses), model);
    }
}
