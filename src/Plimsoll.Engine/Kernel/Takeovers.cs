using System.Runtime.InteropServices;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Bankrupt positions on their way to the other side, within one tick.
/// <list type="number">
/// <item>A takeover is shared at once, pro rata, at the account's bankruptcy price, as long as the tick has made fewer than
/// <see cref="SharedAtOnce"/> shares.</item>
/// <item>Beyond that it is a wave, and thousands of accounts would each trade with thousands: the liquidity provider gathers
/// what is taken over, instrument by instrument and side by side, each at its own bankruptcy price.</item>
/// <item>When the round is over, the provider passes on what he gathered, pro rata, at its average price: equal holders still
/// get equal shares, now at one price, and the provider is left with what he had.</item>
/// </list>
/// </summary>
internal sealed class Takeovers(VenueState venue, FundLayers layers, Action<Event> happen)
{
    /// <summary>Shares of one tick after which takeovers are gathered.</summary>
    public const int SharedAtOnce = 1024;

    private readonly SortedDictionary<(int Instrument, int Side), Gathered> _gathered = [];
    private int _shares;

    /// <summary>Takes a position over.</summary>
    public void Take(AccountIndex account, in PlannedTakeover takeover)
    {
        InstrumentIndex instrument = takeover.Instrument;
        var price = new Price(Math.Clamp(takeover.Price, Price.Min, Price.Max));
        bool isWave = _shares >= SharedAtOnce && !venue.PositionLimitReached(venue.Account(Consequences.Provider), instrument, -takeover.Change);
        List<TakeoverShare> shares = isWave
            ? [new TakeoverShare(Consequences.Provider, -takeover.Change, venue.Worth(instrument, -takeover.Change, price, Rounding.Nearest))]
            : ShareAtOnce(account, instrument, takeover.Change, price);
        if (isWave) Gather(instrument, -takeover.Change, price);
        _shares += shares.Count;
        layers.Deleveraged(venue.Catalog[instrument].Settlement, GivenUp(instrument, takeover.Change, shares));

        happen(new Deleveraged(
            venue.Accounts[account], venue.Catalog[instrument].Id, price, shares, Liquidation.Notional(venue, instrument, takeover.Change)));
    }

    /// <summary>Passes on what was gathered; to be called when the round is over, before anybody is judged again.</summary>
    public void PassOn()
    {
        while (_gathered.Count > 0)
        {
            ((int Instrument, int Side) key, Gathered gathered) = _gathered.First();
            PassOn(new InstrumentIndex(key.Instrument), gathered);
            _gathered.Remove(key);
        }
    }

    /// <summary>What those who take over pay beyond the mark.</summary>
    private Amount GivenUp(InstrumentIndex instrument, Lots change, List<TakeoverShare> shares)
    {
        Amount paid = Amount.Zero;
        foreach (TakeoverShare share in shares) paid += share.Value;

        double size = (double)(-change).ToSize(venue.Catalog[instrument].LotSize);

        return paid - venue.Catalog[venue.Catalog[instrument].Settlement].Scale.FromModel(size * venue.Judgement.Responses!.UnitValues[instrument.Value], Rounding.Nearest);
    }

    private List<TakeoverShare> ShareAtOnce(AccountIndex account, InstrumentIndex instrument, Lots change, Price price)
    {
        List<Counterparty> candidates = HoldersBut(account, instrument);
        AdlPlan plan = AutoDeleveraging.Share(instrument, change, price.Value, CollectionsMarshal.AsSpan(candidates));
        Law.Holds(plan.Unshared.IsZero, "the other side of a position is as large as the position");

        return Shares(plan, price);
    }

    private void Gather(InstrumentIndex instrument, Lots lots, Price price)
    {
        (int, int) key = (instrument.Value, lots.Sign);
        if (!_gathered.TryGetValue(key, out Gathered? gathered)) _gathered[key] = gathered = new Gathered(ContractWorth.IsReciprocal(venue.Catalog[instrument]));
        gathered.Add(lots, price);
    }

    private void PassOn(InstrumentIndex instrument, Gathered gathered)
    {
        AccountIndex provider = venue.Account(Consequences.Provider);
        List<Counterparty> candidates = HoldersBut(provider, instrument);

        // He takes his own share as well, by keeping it: of what he held before he gathered for both sides.
        Lots own = venue.Position(provider, instrument).Lots - LotsGathered(instrument);
        candidates.Insert(candidates.TakeWhile(c => c.Account.Value < provider.Value).Count(), new Counterparty(provider, own));
        Price price = gathered.AveragePrice;
        AdlPlan plan = AutoDeleveraging.Share(instrument, -gathered.Lots, price.Value, CollectionsMarshal.AsSpan(candidates));
        List<TakeoverShare> shares = Shares(plan, price);
        shares.RemoveAll(share => share.Account == Consequences.Provider);
        if (shares.Count == 0) return;

        long passed = 0;
        foreach (TakeoverShare share in shares) passed += share.Change.Count;
        happen(new TakeoversPassedOn(
            Consequences.Provider, venue.Catalog[instrument].Id, price, shares, Liquidation.Notional(venue, instrument, new Lots(passed))));
    }

    private Lots LotsGathered(InstrumentIndex instrument)
    {
        var lots = new Lots(0);
        foreach (((int Instrument, int Side) key, Gathered gathered) in _gathered)
            if (key.Instrument == instrument.Value) lots += gathered.Lots;

        return lots;
    }

    private List<Counterparty> HoldersBut(AccountIndex account, InstrumentIndex instrument)
    {
        ReadOnlySpan<int> holders = venue.Positions.HoldersOf(instrument);
        var candidates = new List<Counterparty>(holders.Length + 1);
        foreach (int holder in holders)
        {
            var other = new AccountIndex(holder);
            if (other != account) candidates.Add(new Counterparty(other, venue.Position(other, instrument).Lots));
        }

        return candidates;
    }

    private List<TakeoverShare> Shares(AdlPlan plan, Price price)
    {
        var shares = new List<TakeoverShare>(plan.Shares.Length);
        foreach (Counterparty share in plan.Shares)
            shares.Add(new TakeoverShare(venue.Accounts[share.Account], share.Lots, venue.Worth(plan.Instrument, share.Lots, price, Rounding.Nearest)));

        return shares;
    }

    /// <summary>What the provider gathered of one side, and what it cost him.</summary>
    private sealed class Gathered(bool isReciprocal)
    {
        private decimal _average;

        /// <summary>Signed lots.</summary>
        public Lots Lots { get; private set; }

        /// <summary>The price at which all of it together is worth what it cost: of contracts worth −size ÷ price, the harmonic mean.</summary>
        public Price AveragePrice => new(Math.Clamp(isReciprocal ? 1m / _average : _average, Price.Min, Price.Max));

        public void Add(Lots lots, Price price)
        {
            Lots += lots;
            decimal one = isReciprocal ? 1m / price.Value : price.Value;
            _average += (one - _average) * ((decimal)lots.Size.Count / Lots.Size.Count);
        }
    }
}
