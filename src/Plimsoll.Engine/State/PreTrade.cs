using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// What an account's initial health would be after something that has not happened: the same judgement over a
/// hypothetical row. Standing orders count at their worst: none filled, all buys filled, or all sells.
/// </summary>
/// <remarks>
/// <para>What would leave initial health at or above zero is allowed. So is, for who stands below, a trade that lowers
/// neither that health nor raises what is required. Taking coins out is not.</para>
/// <para>What reduces is always allowed, whatever other orders stand: see <see cref="Reduction"/>.</para>
/// <para>Where some price is not good enough for what is asked, it is asked once more with what is owned at such prices
/// counted as nothing, and what is owed or held at them charged by its whole notional: one dead feed does not freeze an
/// account that stands without it. Fills are asked as orders are: what the venue answers to a reported fill is its own check
/// before the trade stands, for margin and for prices alike.</para>
/// </remarks>
public sealed partial class PreTrade
{
    private readonly VenueState _venue;
    private readonly SparseRows _positions = new();
    private readonly SparseRows _money = new();
    private readonly AccountTerms _terms = new();

    internal PreTrade(VenueState venue)
    {
        _venue = venue;
        _positions.EnsureRows(1);
        _money.EnsureRows(1);
    }

    internal Refusal WithCash(AccountIndex account, AssetIndex asset, Amount change, OracleAction action = OracleAction.Withdraw)
    {
        bool owesNothing = _venue.Positions.Rows(account).Count == 0 && _venue.Orders.Count(account) == 0
            && _venue.Judgement.Carry(account, asset) + change >= Amount.Zero && OwesNothing(account);
        if (owesNothing) return Refusal.None;
        if (_venue.Judgement.Model is null) return Refusal.ParametersMissing;

        // What has no price yet would be owed for nothing.
        bool owes = _venue.Judgement.Carry(account, asset) + change < Amount.Zero;
        if (owes && !_venue.Market.HasPrice(asset)) return Refusal.PriceMissing;

        var hypothesis = new Hypothesis(this, account);
        hypothesis.Credit(asset, change);

        if (hypothesis.WorstInitialHealth() < 0) return Refusal.InitialMarginBreached;
        if (_venue.Oracles.UnfitFor(action) is not { } unfit) return Refusal.None;

        var without = new Hypothesis(this, account) { Unfit = unfit };
        without.Credit(asset, change);

        return without.WorstInitialHealth() >= 0 ? Refusal.None : Refusal.OraclePriceUnfit;
    }

    /// <summary>
    /// The most that margin lets an account take out of one asset now, in whole smallest units: so much may be withdrawn,
    /// and one unit more is refused. Never more than its cash in it.
    /// </summary>
    /// <remarks>What counts is concave in what is taken, so that there is one boundary, found by halving.</remarks>
    public Amount Withdrawable(AccountIndex account, AssetIndex asset)
    {
        Amount cash = _venue.Ledger.Balance(account, Ledger.Accounts.Purse.Cash, asset);
        if (cash.Sign <= 0 || WithCash(account, asset, new Amount(-1)) != Refusal.None) return Amount.Zero;
        if (WithCash(account, asset, -cash) == Refusal.None) return cash;

        (Int128 allowed, Int128 refused) = (1, cash.Units);
        while (refused - allowed > 1)
        {
            Int128 middle = allowed + ((refused - allowed) / 2);
            if (WithCash(account, asset, new Amount(-middle)) == Refusal.None) allowed = middle;
            else refused = middle;
        }

        return new Amount(allowed);
    }

    internal Refusal WithMode(AccountIndex account, MarginMode mode)
    {
        bool owesNothing = _venue.Positions.Rows(account).Count == 0 && _venue.Orders.Count(account) == 0 && OwesNothing(account);
        if (owesNothing) return Refusal.None;
        if (_venue.Judgement.Model is null) return Refusal.ParametersMissing;

        return new Hypothesis(this, account) { Mode = mode }.WorstInitialHealth() >= 0 ? Refusal.None : Refusal.InitialMarginBreached;
    }

    internal Refusal WithSwap(AccountIndex account, AssetIndex given, Amount givenChange, AssetIndex got, Amount gotChange)
    {
        if (_venue.Judgement.Model is null) return OwesNothing(account) ? Refusal.None : Refusal.ParametersMissing;

        Refusal margin = WithSwap(new Hypothesis(this, account), given, givenChange, got, gotChange);
        if (margin != Refusal.None || _venue.Oracles.UnfitFor(OracleAction.Withdraw) is not { } unfit) return margin;

        return WithSwap(new Hypothesis(this, account) { Unfit = unfit }, given, givenChange, got, gotChange) == Refusal.None ? Refusal.None : Refusal.OraclePriceUnfit;
    }

    private static Refusal WithSwap(in Hypothesis hypothesis, AssetIndex given, Amount givenChange, AssetIndex got, Amount gotChange)
    {
        Verdict before = hypothesis.Worst();
        hypothesis.Credit(given, givenChange);
        hypothesis.Credit(got, gotChange);

        return Allowed(before, hypothesis.Worst());
    }

    internal Refusal WithFill(AccountIndex account, InstrumentIndex instrument, Lots lots, Amount value, Amount fee, CommandId? order)
    {
        if (Missing() is var missing and not Refusal.None) return missing;

        Refusal margin = WithFill(Filled(account, instrument, lots, value, fee, order, null), account, instrument, lots, null);
        if (margin != Refusal.None || _venue.Oracles.UnfitFor(OracleAction.Open) is not { } unfit) return margin;
        if (Reduces(account, instrument, lots, Filled(account, instrument, lots, value, fee, order, null).Alone()) && _venue.Oracles.Allows(instrument, OracleAction.Reduce)) return Refusal.None;
        if (_venue.Oracles.HangsOn(instrument, unfit)) return Refusal.OraclePriceUnfit;

        return WithFill(Filled(account, instrument, lots, value, fee, order, unfit), account, instrument, lots, unfit) == Refusal.None ? Refusal.None : Refusal.OraclePriceUnfit;
    }

    private Refusal WithFill(in Hypothesis filled, AccountIndex account, InstrumentIndex instrument, Lots lots, bool[]? unfit)
    {
        Verdict after = filled.Worst();
        if (after.InitialHealth >= 0) return Refusal.None;
        if (Reduction.Flips(_venue.Position(account, instrument).Lots, lots)) return Refusal.InitialMarginBreached;

        return Reduces(account, instrument, lots, filled.Alone()) ? Refusal.None : Allowed(new Hypothesis(this, account) { Unfit = unfit }.Worst(), after);
    }

    private Hypothesis Filled(AccountIndex account, InstrumentIndex instrument, Lots lots, Amount value, Amount fee, CommandId? order, bool[]? unfit)
    {
        var hypothesis = new Hypothesis(this, account, order, lots) { Unfit = unfit };
        hypothesis.Take(instrument, lots, value);
        hypothesis.Credit(_venue.Catalog[instrument].Settlement, -fee);

        return hypothesis;
    }

    /// <summary>Whether a fill reduces: it takes no position through zero and lowers what is required.</summary>
    private bool Reduces(AccountIndex account, InstrumentIndex instrument, Lots lots, in Verdict after) =>
        !Reduction.Flips(_venue.Position(account, instrument).Lots, lots)
        && Reduction.Lowers(new Hypothesis(this, account).Alone(), after, CostOfLiquidating(instrument, lots));

    internal Refusal WithOrder(AccountIndex account, Order order)
    {
        if (Missing() is var missing and not Refusal.None) return missing;

        Refusal margin = WithOrder(account, order, null);
        if (margin != Refusal.None || _venue.Oracles.UnfitFor(OracleAction.Open) is not { } unfit) return margin;
        if (_venue.Oracles.Allows(order.Instrument, OracleAction.Reduce) && Reduces(account, order)) return Refusal.None;
        if (_venue.Oracles.HangsOn(order.Instrument, unfit)) return Refusal.OraclePriceUnfit;

        return WithOrder(account, order, unfit) == Refusal.None ? Refusal.None : Refusal.OraclePriceUnfit;
    }

    private Refusal WithOrder(AccountIndex account, Order order, bool[]? unfit)
    {
        var hypothesis = new Hypothesis(this, account) { Unfit = unfit };
        Verdict after = hypothesis.Worst(order);
        if (after.InitialHealth >= 0) return Refusal.None;
        if (Reduction.Flips(_venue.Position(account, order.Instrument).Lots, order.Lots)) return Refusal.InitialMarginBreached;

        return Reduces(account, order) ? Refusal.None : Allowed(hypothesis.Worst(), after);
    }

    /// <summary>The verdicts on an account as it stands and with a trade that has not happened, no order filled.</summary>
    internal (Verdict Before, Verdict After) Taking(AccountIndex account, InstrumentIndex instrument, Lots change, Amount value)
    {
        var hypothesis = new Hypothesis(this, account);
        hypothesis.Take(instrument, change, value);

        return (new Hypothesis(this, account).Alone(), hypothesis.Alone());
    }

    /// <summary>Whether an order reduces: filled alone, and filled after those that stand on its side of its instrument.</summary>
    private bool Reduces(AccountIndex account, Order order)
    {
        Lots held = _venue.Position(account, order.Instrument).Lots;
        Order[] beside = [.. _venue.Orders.Of(account).Where(other => other.Instrument == order.Instrument && other.Lots.Sign == order.Lots.Sign)];
        Lots all = beside.Aggregate(order.Lots, (sum, other) => sum + other.Lots);
        if (held.IsZero || held.Sign == order.Lots.Sign || Reduction.Flips(held, all)) return false;

        double cost = CostOfLiquidating(order.Instrument, order.Lots);

        return Reduction.Lowers(Filled(account, []), Filled(account, [order]), cost)
            && (beside.Length == 0 || Reduction.Lowers(Filled(account, beside), Filled(account, [.. beside, order]), cost));
    }

    private Verdict Filled(AccountIndex account, Order[] orders)
    {
        var hypothesis = new Hypothesis(this, account);
        foreach (Order order in orders) hypothesis.Take(order.Instrument, order.Lots, _venue.Worth(order.Instrument, order.Lots, order.Price, Rounding.ForTheAccount));

        return hypothesis.Alone();
    }

    /// <summary>What the venue itself would let go of by closing so much: the penalty and the slippage, in the numeraire.</summary>
    private double CostOfLiquidating(InstrumentIndex instrument, Lots lots)
    {
        MarginModel model = _venue.Judgement.Model!;
        double notional = (double)lots.Size.ToSize(_venue.Catalog[instrument].LotSize) * _venue.Judgement.Responses!.UnitNotionals[instrument.Value];

        return notional * ((double)model.Parameters.Liquidation.PenaltyRate + model.Slippage(_venue.Catalog[instrument].Underlying.Value, notional));
    }

    private static Refusal Allowed(in Verdict before, in Verdict after) =>
        after.InitialHealth >= 0 || (after.InitialHealth >= before.InitialHealth && Reduction.IsNotRaised(before, after)) ? Refusal.None : Refusal.InitialMarginBreached;

    private Refusal Missing()
    {
        if (_venue.Judgement.Model is null) return Refusal.ParametersMissing;

        return _venue.Accounts.TryFind(Consequences.Provider, out _) ? Refusal.None : Refusal.ProviderMissing;
    }

    private bool OwesNothing(AccountIndex account)
    {
        foreach (double coins in _venue.Judgement.Money.Values(account.Value))
        {
            if (coins < 0) return false;
        }

        return true;
    }

    /// <summary>An account as it stands, with changes that have not happened.</summary>
    private readonly partial struct Hypothesis
    {
        private readonly PreTrade _owner;
        private readonly AccountIndex _account;
        private readonly CommandId? _filling;
        private readonly Lots _filled;
        private readonly SortedDictionary<int, double> _quantities = [];
        private readonly SortedDictionary<int, Amount> _carries = [];

        /// <summary>The account, with so much of one of its orders filled.</summary>
        public Hypothesis(PreTrade owner, AccountIndex account, CommandId? filling = null, Lots filled = default)
        {
            (_owner, _account, _filling, _filled) = (owner, account, filling, filled);
            Mode = owner._venue.Modes.Of(account);
            Judgement now = owner._venue.Judgement;
            ReadOnlySpan<int> instruments = now.Positions.Columns(account.Value);
            ReadOnlySpan<double> quantities = now.Positions.Values(account.Value);
            for (int i = 0; i < instruments.Length; i++) _quantities[instruments[i]] = quantities[i];
            foreach (int asset in now.Money.Columns(account.Value)) _carries[asset] = now.Carry(account, new AssetIndex(asset));
        }

        /// <summary>The margin mode it is judged in: the account's own, or another.</summary>
        public MarginMode Mode { get; init; }

        /// <summary>Assets whose price is not good enough for what is asked: what is owned of them counts nothing, what is owed or held in them costs its whole notional.</summary>
        public bool[]? Unfit { get; init; }

        private VenueState Venue => _owner._venue;

        public void Credit(AssetIndex asset, Amount change) =>
            _carries[asset.Value] = _carries.GetValueOrDefault(asset.Value) + change;

        // Whatever is realised, the carry moves by what was paid: cash and cost change together.
        public void Take(InstrumentIndex instrument, Lots lots, Amount value)
        {
            Add(_quantities, instrument, lots);
            Credit(Venue.Catalog[instrument].Settlement, -value);
        }

        public double WorstInitialHealth() => Worst().InitialHealth;

        /// <summary>The verdict with no order filled.</summary>
        public Verdict Alone() => Judged(_quantities, _carries);

        /// <summary>The verdict that is worst at the initial line: with no order filled, all buys, or all sells.</summary>
        public Verdict Worst(Order? extra = null)
        {
            Verdict alone = Alone();
            if (extra is null && Venue.Orders.Count(_account) == 0) return alone;

            Verdict bought = AllFilled(1, extra), sold = AllFilled(-1, extra);
            Verdict filled = sold.InitialHealth < bought.InitialHealth ? sold : bought;

            return filled.InitialHealth < alone.InitialHealth ? filled : alone;
        }

        private Verdict AllFilled(int side, Order? extra)
        {
            var quantities = new SortedDictionary<int, double>(_quantities);
            var carries = new SortedDictionary<int, Amount>(_carries);
            foreach (Order order in Venue.Orders.Of(_account))
            {
                if (order.Lots.Sign == side) Fill(quantities, carries, order.Id == _filling ? order with { Lots = order.Lots - _filled } : order);
            }

            if (extra is not null && extra.Lots.Sign == side) Fill(quantities, carries, extra);

            return Judged(quantities, carries);
        }

        private void Fill(SortedDictionary<int, double> quantities, SortedDictionary<int, Amount> carries, Order order)
        {
            if (order.Lots.IsZero) return;

            int settlement = Venue.Catalog[order.Instrument].Settlement.Value;
            Add(quantities, order.Instrument, order.Lots);
            carries[settlement] = carries.GetValueOrDefault(settlement) - Venue.Worth(order.Instrument, order.Lots, order.Price, Rounding.ForTheAccount);
        }

        private void Add(SortedDictionary<int, double> quantities, InstrumentIndex instrument, Lots lots)
        {
            // From whole lots, so that closing a position leaves exactly nothing.
            Instrument terms = Venue.Catalog[instrument];
            double lotSize = (double)terms.LotSize;
            double held = Math.Round(quantities.GetValueOrDefault(instrument.Value) / lotSize);
            quantities[instrument.Value] = (held + lots.Count) * lotSize;
        }

        private Verdict Judged(SortedDictionary<int, double> quantities, SortedDictionary<int, Amount> carries)
        {
            Catalog catalog = Venue.Catalog;
            _owner._terms.SetMode(0, Mode);
            _owner._positions.ReplaceRow(0, [.. quantities.Keys], [.. quantities.Values]);
            KeyValuePair<int, Amount>[] counted = Unfit is { } unfit ? [.. carries.Where(c => c.Value.Sign < 0 || !OracleBook.IsIn(unfit, c.Key))] : [.. carries];
            _owner._money.ReplaceRow(0, [.. counted.Select(c => c.Key)], [.. counted.Select(c => catalog[new AssetIndex(c.Key)].Scale.ToModel(c.Value))]);

            WriteCosts(quantities);

            Verdict verdict = Judge.Beside(Venue.Judgement.OthersOf(_account), 0, _owner._positions, _owner._money, Venue.Judgement.Responses!, Venue.Judgement.Model!, _owner._terms);

            return Unfit is null ? verdict : verdict with { InitialHealth = verdict.InitialHealth - AtStake(quantities, counted, Unfit) };
        }

        /// <summary>What is owed of assets with unfit prices, and the notional of what is held in them.</summary>
        private double AtStake(SortedDictionary<int, double> quantities, KeyValuePair<int, Amount>[] carries, bool[] unfit)
        {
            double sum = 0;
            foreach ((int asset, Amount carry) in carries)
                if (OracleBook.IsIn(unfit, asset)) sum += Math.Abs(Venue.Catalog[new AssetIndex(asset)].Scale.ToModel(carry)) * Venue.Market.PriceOf(new AssetIndex(asset));
            foreach ((int instrument, double quantity) in quantities)
                if (quantity != 0 && Venue.Oracles.HangsOn(new InstrumentIndex(instrument), unfit)) sum += Math.Abs(quantity) * Venue.Judgement.Responses!.UnitNotionals[instrument];

            return sum;
        }

        /// <summary>What thin positions cost, as far as they are still held; whatever is bought beyond them was bought at its worth.</summary>
        private void WriteCosts(SortedDictionary<int, double> quantities)
        {
            SparseRows known = Venue.Judgement.Terms.Costs;
            SparseRows costs = _owner._terms.Costs;
            costs.EnsureRows(1);
            var (columns, values) = (new List<int>(), new List<double>());
            for (int c = 0; _account.Value < known.Rows && c < known.Columns(_account.Value).Length; c++)
            {
                int instrument = known.Columns(_account.Value)[c];
                double held = Venue.Judgement.Positions.Quantity(_account.Value, instrument);
                double left = quantities.GetValueOrDefault(instrument);
                if (held == 0 || left / held <= 0) continue;

                double worth = (left - held) * Venue.Judgement.Responses!.UnitValues[instrument];
                columns.Add(instrument);
                values.Add(left / held <= 1 ? known.Values(_account.Value)[c] * (left / held) : known.Values(_account.Value)[c] + worth);
            }

            costs.ReplaceRow(0, columns.ToArray(), values.ToArray());
            _owner._terms.CostsChanged(0);
        }
    }
}
