using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Pools;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// How crowded the venue is, and what haircuts its markets ask for: sampled when prices move, no more often than the
/// rulebook says, and kept in the state, so that verdicts are a function of the journal. A rulebook that asks nothing of
/// it samples nothing.
/// </summary>
public sealed class VenueCrowd
{
    private const string Section = "CRWD";
    private const ushort Version = 1;

    /// <summary>Time between samples where haircuts do not follow the market.</summary>
    private const int UsualMinutes = 1;

    /// <summary>The change of a price's doubt that is not waited with.</summary>
    private const double MostStray = 0.005;

    private Instant? _sampledAt;
    private double[] _prices = [];
    private HaircutState[] _haircuts = [];

    /// <summary>The last sample.</summary>
    public VenueSizes Sizes { get; private set; } = VenueSizes.None;

    /// <summary>When that was; none before the first.</summary>
    public Instant? SampledAt => _sampledAt;

    /// <summary>Prices of the same moment, by asset.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>The volatility of a day that an asset's haircut was last reckoned with, before the market's own floors; 0 where none is.</summary>
    public double VolatilityOf(AssetIndex asset) => asset.Value < _haircuts.Length ? Math.Sqrt(_haircuts[asset.Value].Variance) : 0;

    /// <summary>Samples the venue if it is time to; true when it did.</summary>
    internal bool Follow(VenueState venue)
    {
        if (venue.Parameters is not { } rules || !IsAskedFor(rules)) return false;
        int minutes = rules.CollateralPolicy.Dynamic?.SampleMinutes ?? UsualMinutes;
        if (_sampledAt is { } last && venue.Now - last < TimeSpan.FromMinutes(minutes) && !IsNews(venue) && !HasStrayed(venue)) return false;

        Sample(venue, rules);

        return true;
    }

    /// <summary>Samples the venue by another rulebook, whatever the time.</summary>
    internal void Restart(VenueState venue)
    {
        if (venue.Parameters is { } rules && IsAskedFor(rules))
        {
            Sample(venue, rules);

            return;
        }

        (_sampledAt, _prices, _haircuts, Sizes) = (null, [], [], VenueSizes.None);
    }

    /// <summary>What <see cref="Restart"/> would sample by a rulebook that is not in force; nothing of the venue changes.</summary>
    internal (VenueSizes Sizes, double[] Prices) Under(VenueState venue, RiskParameters rules)
    {
        if (!IsAskedFor(rules)) return (VenueSizes.None, []);

        var other = new VenueCrowd { _haircuts = [.. _haircuts] };
        other.Sample(venue, rules);

        return (other.Sizes, other._prices);
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteLong(_sampledAt?.UnixMicroseconds ?? -1);
        foreach (double[] column in (double[][])[_prices, [.. Sizes.OpenInterest], [.. Sizes.Holdings], [.. Sizes.HaircutFloors], [.. Sizes.Confidence]])
        {
            writer.WriteInt(column.Length);
            writer.WriteSpan(column.AsSpan());
        }

        writer.WriteInt(_haircuts.Length);
        foreach (HaircutState haircut in _haircuts) haircut.Write(writer);
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        _sampledAt = reader.ReadLong() is >= 0 and var at ? new Instant(at) : null;
        _prices = Column(reader);
        Sizes = new VenueSizes(Column(reader), Column(reader), Column(reader), Column(reader));
        _haircuts = new HaircutState[reader.ReadCount(40)];
        for (int i = 0; i < _haircuts.Length; i++) _haircuts[i] = HaircutState.Read(reader);
    }

    private static double[] Column(StateReader reader)
    {
        double[] column = new double[reader.ReadCount(sizeof(double))];
        reader.ReadSpan(column.AsSpan());

        return column;
    }

    private static bool IsAskedFor(RiskParameters rules) =>
        rules.CollateralPolicy.Dynamic is not null
        || rules.Collateral.Any(line => line.VenueCap is not null)
        || rules.CollateralPolicy.Issuers.Any(issuer => issuer.VenueCap is not null)
        || !rules.OpenInterest.IsEmpty
        || rules.Contingencies.Confidence is not null
        || rules.Oracles.Damping is not null
        || rules.Contingencies.Concentration is not null;

    /// <summary>Whether something has its first price: what was sampled without one has no haircut yet.</summary>
    private bool IsNews(VenueState venue)
    {
        for (int a = 0; a < venue.Catalog.Assets.Count; a++)
            if ((a >= _prices.Length || _prices[a] == 0) && venue.Market.PriceOf(new AssetIndex(a)) > 0) return true;

        return false;
    }

    private void Sample(VenueState venue, RiskParameters rules)
    {
        Catalog catalog = venue.Catalog;
        _prices = [.. Enumerable.Range(0, catalog.Assets.Count).Select(a => venue.Market.PriceOf(new AssetIndex(a)))];
        double[] interest = [.. Enumerable.Range(0, catalog.Instruments.Count).Select(i => venue.Positions.OpenInterest(new InstrumentIndex(i)).Count * (double)catalog[new InstrumentIndex(i)].LotSize)];
        double[] holdings = Holdings(venue, interest);
        Sizes = new VenueSizes(
            interest,
            holdings,
            Floors(venue, rules, holdings),
            [.. Enumerable.Range(0, catalog.Assets.Count).Select(a => DoubtOf(venue, rules, new AssetIndex(a)))]);
        _sampledAt = venue.Now;
    }

    /// <summary>Half the width of what is not known of a price: what its sources are unsure of, and how far it has run from the damped one.</summary>
    private static double DoubtOf(VenueState venue, RiskParameters rules, AssetIndex asset)
    {
        double unsure = venue.Market.Quote(asset)?.Confidence ?? 0;
        if (rules.Oracles.Damping is null) return unsure;

        return (rules.Contingencies.Confidence is null ? 0 : unsure) + (venue.Oracles.FeedOf(asset)?.Width ?? 0);
    }

    /// <summary>Whether a price has run from its damped one since the sample, or come back: whoever pushes a price must not have a minute of it.</summary>
    private bool HasStrayed(VenueState venue)
    {
        if (venue.Parameters is not { Oracles.Damping: not null } rules) return false;

        foreach (AssetFeed feed in venue.Oracles.Feeds)
            if (Math.Abs(DoubtOf(venue, rules, feed.Asset) - Sizes.ConfidenceOf(feed.Asset.Value)) > MostStray) return true;

        return false;
    }

    /// <summary>Coins that customers hold, pool shares as what they are of, and claims added to what they are claims on.</summary>
    private double[] Holdings(VenueState venue, double[] interest)
    {
        Catalog catalog = venue.Catalog;
        double[] own = new double[_prices.Length];
        for (int a = 0; a < own.Length; a++)
        {
            var asset = new AssetIndex(a);
            Amount cash = venue.Ledger.ControlTotal(Purse.Cash, asset);
            if (venue.Accounts.TryFind(Consequences.Provider, out AccountIndex provider)) cash -= venue.Ledger.Balance(provider, Purse.Cash, asset);
            own[a] = Math.Max(0, catalog[asset].Scale.ToModel(cash));
        }

        for (int i = 0; i < interest.Length; i++)
        {
            Instrument instrument = catalog[new InstrumentIndex(i)];
            double price = instrument.Kind == InstrumentKind.Pool && interest[i] > 0 ? venue.Market.ForwardOf(new InstrumentIndex(i)) : 0;
            if (!(price > 0)) continue;

            var pool = new PoolPosition(interest[i], PoolRange.Listed(instrument.Lower, instrument.Upper));
            own[instrument.Underlying.Value] += pool.Base(price);
            own[instrument.Quote!.Value.Value] += pool.Quote(price);
        }

        return LookedThrough(catalog, own);
    }

    private double[] LookedThrough(Catalog catalog, double[] own)
    {
        double[] all = [.. own];
        for (int a = 0; a < own.Length; a++)
        {
            // A chain of claims is at most as long as the list.
            AssetIndex? at = catalog.Assets[a].Follows;
            for (int steps = 0; steps < own.Length && at is { } root; steps++, at = catalog[root].Follows)
                if (_prices[root.Value] > 0) all[root.Value] += own[a] * (_prices[a] / _prices[root.Value]);
        }

        return all;
    }

    private double[] Floors(VenueState venue, RiskParameters rules, double[] holdings)
    {
        double[] floors = new double[holdings.Length];
        if (rules.CollateralPolicy.Dynamic is not { } terms)
        {
            _haircuts = [];

            return floors;
        }

        Array.Resize(ref _haircuts, floors.Length);
        Dictionary<AssetId, CollateralTerms> lines = rules.Collateral.ToDictionary(line => line.Asset);
        for (int a = 0; a < floors.Length; a++)
        {
            Asset asset = venue.Catalog.Assets[a];

            // What counts as something else has that asset's haircut already.
            bool counts = lines.TryGetValue(asset.Id, out CollateralTerms? line) && !(line.ThroughRoot && asset.Follows is not null);
            if (!counts || terms.MarketOf(asset) is not { } market || !(_prices[a] > 0)) continue;

            _haircuts[a].Take(terms, market, _prices[a], holdings[a] * _prices[a], venue.Now);
            floors[a] = _haircuts[a].Floor;
        }

        return floors;
    }
}
