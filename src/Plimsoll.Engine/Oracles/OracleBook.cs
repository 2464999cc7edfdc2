using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// How far each asset's price may be relied on, and what may be done on it. An asset the rulebook asks nothing of is live:
/// its price is what was said last.
/// </summary>
/// <remarks>
/// Laws: a price the sources do not make never replaces one they made; a status is what the last reports and the time since
/// then make it, and each change of it is an event; what a rulebook forbids on a price is asked in
/// <see cref="Allows(AccountIndex, OracleAction)"/> alone.
/// </remarks>
public sealed class OracleBook
{
    private const string Section = "ORCL";
    private const ushort Version = 1;

    private static readonly int Actions = Enum.GetValues<OracleAction>().Length;

    private readonly VenueState _venue;
    private readonly SortedDictionary<int, AssetFeed> _feeds = [];
    private readonly Dictionary<int, OracleLine?> _lines = [];
    private readonly bool[]?[] _unfit = new bool[Actions][];
    private bool _unfitKnown;
    private Instant? _due;
    private bool _dueKnown;

    internal OracleBook(VenueState venue) => _venue = venue;

    /// <summary>What is known of each asset's price that has terms and was ever reported, in the order of assets.</summary>
    public IReadOnlyCollection<AssetFeed> Feeds => _feeds.Values;

    /// <summary>When a price's status changes next by age alone, if nobody reports; none where none does.</summary>
    public Instant? NextDue
    {
        get
        {
            if (_dueKnown) return _due;

            (_due, _dueKnown) = (null, true);
            foreach (AssetFeed feed in _feeds.Values)
                if (TermsOf(feed.Asset) is { } terms && feed.Due(terms) is { } at && (_due is not { } due || at < due)) _due = at;

            return _due;
        }
    }

    internal OracleRules Rules => _venue.Parameters?.Oracles ?? OracleRules.None;

    internal StablePriceTerms? Damping => Rules.Damping is { } terms ? new StablePriceTerms((double)terms.DelayGrowth, (double)terms.Growth) : null;

    /// <summary>How an asset's reports are joined; none where its feeds are asked nothing. The anchor is as stated, not yet in the numeraire.</summary>
    public OracleTerms? TermsOf(AssetIndex asset) => LineOf(asset)?.Terms;

    /// <summary>What is known of an asset's price; none before the first report, and without terms.</summary>
    public AssetFeed? FeedOf(AssetIndex asset) => _feeds.GetValueOrDefault(asset.Value);

    /// <summary>How far an asset's price may be relied on; live where the rulebook asks nothing of its feeds.</summary>
    public OracleStatus StatusOf(AssetIndex asset) =>
        LineOf(asset) is null ? OracleStatus.Live : FeedOf(asset)?.Status ?? OracleStatus.Halted;

    /// <summary>Why a price has its status, in words.</summary>
    public string ReasonOf(AssetFeed feed) =>
        TermsOf(feed.Asset) is { } terms ? OracleWords.Of(feed, terms, feed.Status, _venue.Now) : "its feeds are asked nothing";

    /// <summary>Whether an asset's price is good enough for an action.</summary>
    public bool Allows(AssetIndex asset, OracleAction action) => !(UnfitFor(action) is { } unfit && IsIn(unfit, asset.Value));

    /// <summary>Whether the prices an instrument is worth something by (its underlying's, its quote's and its settlement's) are good enough for an action.</summary>
    public bool Allows(InstrumentIndex instrument, OracleAction action) => !(UnfitFor(action) is { } unfit && HangsOn(instrument, unfit));

    /// <summary>
    /// Whether the prices an account hangs on let it do this, or let it be done to it. A price that is not good enough may be
    /// wrong by all of itself, either way: what stands on it is what the account holds or owes of such assets, and the notional
    /// of its positions in them.
    /// </summary>
    /// <remarks>
    /// <para>Liquidate: no unfit price decides the verdict, that is: maintenance health would lie below 0 with all that stands
    /// on unfit prices added. So nobody is liquidated for a price nobody vouches for, and a coin of a dead feed shields nobody.</para>
    /// <para>Call: the account would be near its requirement with all of it added.</para>
    /// <para>Reduce, open, borrow, withdraw: initial health would not lie below 0 with all of it taken away. Before a trade or a
    /// payment <see cref="PreTrade"/> asks more exactly.</para>
    /// <para>Deposit and repay: always.</para>
    /// </remarks>
    public bool Allows(AccountIndex account, OracleAction action)
    {
        if (action is OracleAction.Deposit or OracleAction.Repay || UnfitFor(action) is not { } unfit) return true;

        double atStake = AtStake(account, unfit);
        if (atStake == 0) return true;

        Verdict verdict = _venue.Judgement.Of(account);

        return action switch
        {
            OracleAction.Liquidate => verdict.MaintenanceHealth + atStake < 0,
            OracleAction.Call => _venue.Judgement.Model is { } model
                && (verdict with { Counted = verdict.Counted + atStake, MaintenanceHealth = verdict.MaintenanceHealth + atStake }).IsNear(model.CallAt),
            _ => verdict.InitialHealth - atStake >= 0,
        };
    }

    /// <summary>Assets whose price is not good enough for an action, by ordinal; none where every price is.</summary>
    internal bool[]? UnfitFor(OracleAction action)
    {
        if (!_unfitKnown) FindUnfit();

        return _unfit[(int)action];
    }

    /// <summary>Whether an instrument is worth something by the price of one of these.</summary>
    internal bool HangsOn(InstrumentIndex index, bool[] assets)
    {
        Instrument instrument = _venue.Catalog[index];

        return IsIn(assets, instrument.Underlying.Value) || IsIn(assets, instrument.Settlement.Value) || (instrument.Quote is { } quote && IsIn(assets, quote.Value));
    }

    internal static bool IsIn(bool[] assets, int asset) => asset < assets.Length && assets[asset];

    internal OracleLine? LineOf(AssetIndex asset)
    {
        if (_lines.TryGetValue(asset.Value, out OracleLine? line)) return line;
        line = Rules.Of(_venue.Catalog[asset].Id);
        _lines.Add(asset.Value, line);

        return line;
    }

    /// <summary>The terms of an asset with its redemption value in the numeraire; without one where what it is redeemed for has no price to go by.</summary>
    internal OracleTerms AnchoredTerms(OracleLine line, Func<AssetIndex, (double Price, OracleStatus Status)> priceOf)
    {
        if (line is not { RedeemedFor: { } name, Terms.Anchor: { } anchor }) return line.Terms;
        if (!_venue.Catalog.TryFind(name, out AssetIndex asset)) return line.Terms with { Anchor = null };

        (double price, OracleStatus status) = priceOf(asset);
        double value = anchor.Value * price;

        return line.Terms with { Anchor = value > 0 && double.IsFinite(value) && status <= OracleStatus.Degraded ? anchor with { Value = value } : null };
    }

    internal AssetFeed Enter(AssetIndex asset)
    {
        if (FeedOf(asset) is { } known) return known;

        var feed = new AssetFeed(asset);
        _feeds.Add(asset.Value, feed);
        Changed();

        return feed;
    }

    /// <summary>Says of every price whose status is no longer what it was that it changed, and why.</summary>
    internal void Follow(Action<Event> happen)
    {
        if (_feeds.Count == 0 || (_dueKnown && !(_due <= _venue.Now))) return;

        foreach (AssetFeed feed in _feeds.Values)
        {
            if (TermsOf(feed.Asset) is not { } terms) continue;
            OracleStatus status = feed.StatusAt(terms, _venue.Now);
            if (status != feed.Status)
                happen(new OracleStatusChanged(_venue.Catalog[feed.Asset].Id, feed.Status, status, OracleWords.Of(feed, terms, status, _venue.Now)));
        }

        _ = NextDue;
    }

    internal void Changed() => (_dueKnown, _unfitKnown) = (false, false);

    /// <summary>Another rulebook is in force. What was priced without terms counts as one report of whoever said it.</summary>
    internal void Restart()
    {
        _lines.Clear();
        Changed();
        foreach (int asset in _feeds.Keys.ToArray())
        {
            if (TermsOf(new AssetIndex(asset)) is null) _feeds.Remove(asset);
            else _feeds[asset].Reread();
        }

        for (int a = 0; a < _venue.Catalog.Assets.Count; a++)
        {
            var asset = new AssetIndex(a);
            if (TermsOf(asset) is { } && FeedOf(asset) is null && _venue.Market.Quote(asset) is { } quote && Identifier.IsValid(quote.Source)) Adopt(asset, quote);
        }
    }

    internal void Write(StateWriter writer)
    {
        // A venue that asks nothing of feeds has the state it always had.
        if (Rules.IsNone) return;

        writer.Section(Section, Version);
        writer.WriteInt(_feeds.Count);
        foreach (AssetFeed feed in _feeds.Values)
        {
            writer.WriteInt(feed.Asset.Value);
            feed.Write(writer);
        }
    }

    internal void Read(StateReader reader)
    {
        if (Rules.IsNone) return;

        reader.Section(Section, Version);
        for (int left = reader.ReadCount(100); left > 0; left--)
        {
            int asset = reader.ReadInt();
            if (asset < 0 || asset >= _venue.Catalog.Assets.Count || !_feeds.TryAdd(asset, AssetFeed.Read(reader, new AssetIndex(asset), Damping))) throw reader.Fault("each listed asset once");
        }
    }

    private void Adopt(AssetIndex asset, AssetQuote quote)
    {
        AssetFeed feed = Enter(asset);
        double price = quote.Price.ToModel();
        feed.Advance(TermsOf(asset)!, null, _venue.Now);
        feed.Take(new PriceReport(new AccountId(quote.Source), price, quote.Confidence, quote.ObservedAt));
        feed.Set(new JoinedPrice(OracleStatus.Live, price, quote.Confidence, quote.ObservedAt, 1, 0), _ => ReportFault.None);
    }

    private double AtStake(AccountIndex account, bool[] unfit)
    {
        Judgement judged = _venue.Judgement;
        if (judged.Responses is not { } responses) return 0;

        double sum = 0;
        ReadOnlySpan<int> assets = judged.Money.Columns(account.Value);
        ReadOnlySpan<double> coins = judged.Money.Values(account.Value);
        for (int i = 0; i < assets.Length; i++)
            if (IsIn(unfit, assets[i])) sum += Math.Abs(coins[i]) * _venue.Market.PriceOf(new AssetIndex(assets[i]));

        ReadOnlySpan<int> instruments = judged.Positions.Columns(account.Value);
        ReadOnlySpan<double> quantities = judged.Positions.Values(account.Value);
        for (int i = 0; i < instruments.Length; i++)
            if (HangsOn(new InstrumentIndex(instruments[i]), unfit)) sum += Math.Abs(quantities[i]) * responses.UnitNotionals[instruments[i]];

        return sum;
    }

    private void FindUnfit()
    {
        _unfitKnown = true;
        Array.Clear(_unfit);
        for (int a = 0; a < Actions; a++)
        {
            foreach (AssetFeed feed in _feeds.Values)
                if (!Rules.Actions.Allows((OracleAction)a, feed.Status)) (_unfit[a] ??= new bool[_venue.Catalog.Assets.Count])[feed.Asset.Value] = true;
        }
    }
}
