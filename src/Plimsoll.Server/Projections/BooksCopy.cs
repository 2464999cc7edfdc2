using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Margin;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// The whole book at one moment, copied out so that whatever takes long can be computed beside the engine: coverage,
/// the venue's own shortfall, the threshold map, the attestation.
/// </summary>
internal sealed record BooksCopy
{
    private BooksCopy(VenueKernel kernel, Listing listing)
    {
        VenueState venue = kernel.State;
        Sequence = kernel.Sequence;
        Now = venue.Now;
        Listing = listing;
        Market = listing.Copy(venue.Market);
        Positions = Copy(venue.Judgement.Positions);
        Money = Copy(venue.Judgement.Money);
        UnitValues = venue.Judgement.Responses is { } responses ? responses.UnitValues.ToArray() : [];
        UnitNotionals = venue.Judgement.Responses is { } rows ? rows.UnitNotionals.ToArray() : [];
        Carries = new NetEquity[venue.Accounts.Count];
        for (int i = 0; i < Carries.Length; i++) Carries[i] = Carry(venue, new AccountIndex(i));
        Funds = FundBalances.Of(venue);
        Buckets = [.. venue.Limits.Buckets.Values];
        Classes = venue.Classes.ByAccount();
        Sizes = venue.Judgement.Model?.Sizes ?? VenueSizes.None;
        Terms = Copy(venue.Judgement.Terms, venue.Accounts.Count);
        Owners = venue.Classes.Owners();
    }

    public long Sequence { get; }

    public Instant Now { get; private init; }

    public Listing Listing { get; }

    public MarketState Market { get; private init; }

    public SparseRows Positions { get; }

    public SparseRows Money { get; }

    /// <summary>Worth of one unit of each instrument in its settlement asset; empty before parameters are set.</summary>
    public double[] UnitValues { get; }

    /// <summary>Size of one unit of each instrument in the numeraire; empty before parameters are set.</summary>
    public double[] UnitNotionals { get; }

    /// <summary>Cash and loan less the carried cost of positions, exactly, by account.</summary>
    public NetEquity[] Carries { get; }

    public FundBalances Funds { get; }

    /// <summary>The risk buckets, by name.</summary>
    public IReadOnlyList<RiskBucket> Buckets { get; }

    /// <summary>The class of each account that has one, by account.</summary>
    public IReadOnlyDictionary<int, ClassId> Classes { get; }

    /// <summary>The owner of each account that has one, by account.</summary>
    public IReadOnlyDictionary<int, int> Owners { get; }

    /// <summary>How crowded the venue was when it was last sampled.</summary>
    public VenueSizes Sizes { get; }

    /// <summary>What the judge must know of accounts beside what they hold.</summary>
    public AccountTerms Terms { get; }

    /// <summary>Copies the book. On the engine's thread.</summary>
    public static BooksCopy Of(VenueKernel kernel, Listing? last) => new(kernel, Listing.Of(kernel.State, last));

    /// <summary>The same book at other prices over the same list; worths of units stay those of the copy.</summary>
    public BooksCopy At(Instant now, MarketState market) => this with { Now = now, Market = market };

    /// <summary>
    /// What every customer is owed of every asset: the exact carry, and the worth of his positions through the one door
    /// between estimate and money.
    /// </summary>
    public NetEquity[] NetEquities()
    {
        var equities = new NetEquity[Carries.Length];
        double[] worth = new double[Listing.Catalog.Assets.Count];
        for (int i = 0; i < equities.Length; i++)
        {
            ReadOnlySpan<int> instruments = Positions.Columns(i);
            ReadOnlySpan<double> quantities = Positions.Values(i);
            if (instruments.Length == 0 || UnitValues.Length == 0)
            {
                equities[i] = Carries[i];
                continue;
            }

            Array.Clear(worth);
            for (int p = 0; p < instruments.Length; p++)
                worth[Listing.Catalog.Instruments[instruments[p]].Settlement.Value] += quantities[p] * UnitValues[instruments[p]];
            equities[i] = Carries[i] with { PerAsset = WithWorth(Carries[i].PerAsset, worth) };
        }

        return equities;
    }

    /// <summary>Adds what one account has net of each asset, in coins: money, and the worth of its positions in what they settle in.</summary>
    /// <param name="account">Its row.</param>
    /// <param name="net">By asset.</param>
    public void TakeNet(int account, double[] net)
    {
        ReadOnlySpan<int> assets = Money.Columns(account);
        for (int a = 0; a < assets.Length; a++) net[assets[a]] += Money.Values(account)[a];
        if (UnitValues.Length == 0) return;

        ReadOnlySpan<int> instruments = Positions.Columns(account);
        for (int p = 0; p < instruments.Length; p++) net[Listing.Catalog.Instruments[instruments[p]].Settlement.Value] += Positions.Values(account)[p] * UnitValues[instruments[p]];
    }

    private Amount[] WithWorth(Amount[] carries, double[] worth)
    {
        Amount[] net = [.. carries];
        for (int a = 0; a < net.Length; a++)
        {
            if (worth[a] != 0) net[a] += Listing.Catalog.Assets[a].Scale.FromModel(worth[a], Rounding.Nearest);
        }

        return net;
    }

    private static NetEquity Carry(VenueState venue, AccountIndex account)
    {
        var amounts = new Amount[venue.Catalog.Assets.Count];
        BalanceRows balances = venue.Ledger.Rows(account);
        for (int r = 0; r < balances.Count; r++) amounts[balances.Asset(r).Value] += balances.Amount(r);
        PositionRows held = venue.Positions.Rows(account);
        for (int r = 0; r < held.Count; r++)
        {
            var instrument = venue.Catalog[held.Instrument(r)];
            if (!instrument.PaysPremium) amounts[instrument.Settlement.Value] -= held.Cost(r);
        }

        return new NetEquity(venue.Accounts[account], amounts);
    }

    private static AccountTerms Copy(AccountTerms terms, int accounts)
    {
        var copy = new AccountTerms();
        copy.Costs.EnsureRows(terms.Costs.Rows);
        for (int account = 0; account < accounts; account++)
        {
            if (!terms.IsApart(account)) continue;

            ReadOnlySpan<int> family = terms.FamilyOf(account);
            if (family.Length > 0 && family[0] == account) copy.SetFamily(family);
            if (terms.ModeOf(account) != MarginMode.Portfolio) copy.SetMode(account, terms.ModeOf(account));
            if (account >= terms.Costs.Rows) continue;
            copy.Costs.ReplaceRow(account, terms.Costs.Columns(account), terms.Costs.Values(account));
            copy.CostsChanged(account);
        }

        return copy;
    }

    private static SparseRows Copy(SparseRows rows)
    {
        var copy = new SparseRows(rows.Entries);
        copy.EnsureRows(rows.Rows);
        for (int row = 0; row < rows.Rows; row++) copy.ReplaceRow(row, rows.Columns(row), rows.Values(row));

        return copy;
    }
}

/// <summary>What the venue itself holds and owes, by asset and fund.</summary>
internal sealed class FundBalances
{
    private readonly Amount[,] _balances;

    private FundBalances(Amount[,] balances) => _balances = balances;

    public static FundBalances Of(VenueState venue)
    {
        var balances = new Amount[venue.Catalog.Assets.Count, Ledger.Accounts.Funds.Width];
        for (int a = 0; a < venue.Catalog.Assets.Count; a++)
        {
            foreach (Fund fund in Ledger.Accounts.Funds.All) balances[a, (int)fund] = venue.Ledger.Balance(fund, new AssetIndex(a));
        }

        return new FundBalances(balances);
    }

    public Amount Balance(Fund fund, AssetIndex asset) => _balances[asset.Value, (int)fund];

    public Amount Held(Fund place, AssetIndex asset) => -Balance(place, asset);
}
