using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Thresholds;

/// <summary>What one account adds to a step of the map.</summary>
/// <param name="Notional">Notional of its contracts on the underlying, at today's prices.</param>
/// <param name="Flow">What closing them trades: + bought.</param>
/// <param name="CollateralSold">Coins of the underlying it must sell, by worth.</param>
internal readonly record struct MapShare(double Notional, double Flow, double CollateralSold)
{
    /// <summary>The step with the account added; one whose liquidation trades nothing in the underlying is not counted.</summary>
    public MapStep AddTo(in MapStep step) => Notional == 0 && CollateralSold == 0
        ? step
        : step with { Accounts = step.Accounts + 1, Notional = step.Notional + Notional, Flow = step.Flow + Flow, CollateralSold = step.CollateralSold + CollateralSold };
}

/// <summary>
/// What accounts hold in one underlying and in the claims on it: how large, which way, and whether it bends; priced at
/// today's price and at every step of a grid. Never changes, so that many may read it at once.
/// </summary>
internal sealed class MapSides
{
    /// <summary>The place of today's price among those taken.</summary>
    public const int Today = 0;

    private readonly SparseRows positions;
    private readonly SparseRows money;
    private readonly bool[] hangs;
    private readonly bool[] on;
    private readonly bool[] bends;
    private readonly bool[] moves;
    private readonly bool allBend;
    private readonly int downs;
    private readonly int[] settlements;
    private readonly double[] notionals;

    /// <summary>By step, then by instrument: what a unit trades when it is closed, and what it is worth, in the numeraire.</summary>
    private readonly double[][] deltas;

    private readonly double[][] worths;
    private readonly double[][] prices;

    public MapSides(SparseRows positions, SparseRows money, MarketState market, MarginModel model, in PriceShift shift, MapGrid grid)
    {
        (this.positions, this.money) = (positions, money);
        int count = model.InstrumentCount;
        (hangs, on, bends) = (new bool[count], new bool[count], new bool[count]);
        (settlements, notionals) = (new int[count], new double[count]);
        moves = new bool[model.AssetCount];
        for (int a = 0; a < moves.Length; a++) moves[a] = shift.Moves(a);
        for (int i = 0; i < count; i++)
        {
            ref readonly ContractTerms terms = ref model.Contract(i);
            settlements[i] = terms.Settlement;
            on[i] = moves[terms.Underlying];
            hangs[i] = on[i] || moves[terms.Settlement] || (terms.Quote >= 0 && moves[terms.Quote]);
            bends[i] = hangs[i] && (terms.IsOption || terms.Shape == ContractShape.Pool);
        }

        allBend = !IsConcave(model);
        downs = grid.Down.Count;
        double[] ratios = [1, .. grid.Down, .. grid.Up];
        (deltas, worths, prices) = (new double[ratios.Length][], new double[ratios.Length][], new double[ratios.Length][]);
        for (int s = 0; s < ratios.Length; s++) Price(s, market, model, shift.To(ratios[s]));
    }

    /// <summary>The place of a step below today's price.</summary>
    public int Down(int step) => 1 + step;

    /// <summary>The place of a step above it.</summary>
    public int Up(int step) => 1 + downs + step;

    /// <summary>Whether anything the account holds moves with the underlying.</summary>
    public bool Moves(int account)
    {
        foreach (int asset in money.Columns(account)) if (moves[asset]) return true;
        foreach (int instrument in positions.Columns(account)) if (hangs[instrument]) return true;

        return false;
    }

    /// <summary>Whether the account's health may bend upwards as the price moves.</summary>
    public bool Bends(int account)
    {
        if (allBend) return true;
        foreach (int instrument in positions.Columns(account)) if (bends[instrument]) return true;

        return false;
    }

    /// <summary>What liquidating the account trades at a step.</summary>
    public MapShare Of(int account, int place)
    {
        (double notional, double flow) = (0, 0);
        ReadOnlySpan<int> held = positions.Columns(account);
        ReadOnlySpan<double> quantities = positions.Values(account);
        double[] delta = deltas[place];
        for (int p = 0; p < held.Length; p++)
        {
            if (!on[held[p]]) continue;
            notional += Math.Abs(quantities[p]) * notionals[held[p]];
            flow -= quantities[p] * delta[held[p]];
        }

        return new MapShare(notional, flow, Sold(account, place, held, quantities));
    }

    /// <summary>Coins that move, sold as far as the account owes in assets that do not.</summary>
    private double Sold(int account, int place, ReadOnlySpan<int> held, ReadOnlySpan<double> quantities)
    {
        (double owned, double owed) = (0, 0);
        (double[] price, double[] worth) = (prices[place], worths[place]);
        ReadOnlySpan<int> assets = money.Columns(account);
        ReadOnlySpan<double> coins = money.Values(account);
        for (int a = 0; a < assets.Length; a++)
        {
            double value = coins[a] * price[assets[a]];
            for (int p = 0; p < held.Length; p++)
                if (settlements[held[p]] == assets[a]) value += quantities[p] * worth[held[p]];

            if (moves[assets[a]]) owned += Math.Max(0, value);
            else owed += Math.Max(0, -value);
        }

        return Math.Min(owned, owed);
    }

    private void Price(int place, MarketState market, MarginModel model, in PriceShift here)
    {
        double[] price = new double[moves.Length], delta = new double[on.Length], worth = new double[on.Length];
        for (int a = 0; a < price.Length; a++) price[a] = market.PriceOf(new AssetIndex(a)) * here.Of(a);
        for (int i = 0; i < on.Length; i++)
        {
            ref readonly ContractTerms terms = ref model.Contract(i);
            if (place != Today && !hangs[i])
            {
                worth[i] = worths[Today][i];
                continue;
            }

            ContractMarket at = ContractRow.Market(market, here, terms, i, price[terms.Settlement]);
            UnitGreeks greeks = UnitGreeks.Of(terms, at.Forward, at.Volatility, at.Years, at.SettlementPrice, price[terms.Underlying]);
            worth[i] = greeks.Value;
            if (on[i]) delta[i] = greeks.Delta * price[terms.Underlying];
            if (place == Today) notionals[i] = UnitValue.NotionalInQuote(terms, at.Forward) * (terms.Quote < 0 ? 1 : price[terms.Quote]);
        }

        (prices[place], deltas[place], worths[place]) = (price, delta, worth);
    }

    /// <summary>
    /// Whether health of futures and coins is concave in a price for certain: no line takes more than all of a falling coin
    /// away (else what counts would weigh negatively in a scenario, and the minimum over scenarios could bend upwards); what an
    /// asset counts hangs on no other asset and on no position; debts ask no quotient of what carries them.
    /// </summary>
    private static bool IsConcave(MarginModel model)
    {
        if (model.Pledges is not null || !model.Schedule.Groups.IsPlain) return false;

        double worst = 0;
        foreach (ScenarioGrid grid in model.Parameters.Grids)
            foreach (Scenario scenario in grid.Scenarios) worst = Math.Max(worst, -(double)(scenario.Spot * scenario.Dampening));

        return worst * (double)model.Parameters.Maintenance.Factor <= 1;
    }
}
