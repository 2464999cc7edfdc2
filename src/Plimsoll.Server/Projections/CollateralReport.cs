using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What secures the venue: how much of each asset customers have pledged, and how much of it counts. Money in the numeraire.</summary>
/// <param name="At">The venue's time of the copy it was worked out from, ISO 8601.</param>
/// <param name="Sequence">The journal entry it stands at.</param>
/// <param name="Assets">Every listed asset, in the order of listing.</param>
/// <param name="Caps">The uses of caps nearest to their cap, fullest first, at most <see cref="CollateralReport.MostCaps"/>; none where the rulebook sets no cap.</param>
/// <param name="Loans">Assets that are lent, or that the rulebook has terms of lending for, in the order of listing.</param>
/// <param name="Correlation">How underlyings moved together.</param>
internal sealed record CollateralReport(
    string At, long Sequence, IReadOnlyList<PledgedAsset> Assets, IReadOnlyList<CapUse> Caps, IReadOnlyList<LoanFigures> Loans, CorrelationFigures Correlation)
{
    /// <summary>The most uses of caps that are told.</summary>
    public const int MostCaps = 40;

    /// <summary>The report on a copy of the book; none before risk parameters are set.</summary>
    public static CollateralReport? Of(BooksCopy books, IReadOnlyList<LoanFigures> loans, CorrelationFigures correlation)
    {
        if (books.Listing.Model is not { } model) return null;

        var pledged = new Pledged[model.AssetCount];
        for (int a = 0; a < pledged.Length; a++) pledged[a] = new Pledged(model, a, books.Market.PriceOf(new AssetIndex(a)));
        double[] net = new double[model.AssetCount];
        for (int account = 0; account < books.Carries.Length; account++)
        {
            if (books.Carries[account].Account == AccountColumns.Provider) continue;

            books.TakeNet(account, net);
            for (int a = 0; a < net.Length; a++)
            {
                if (net[a] != 0) pledged[a].Add(account, net[a]);
                net[a] = 0;
            }
        }

        return new CollateralReport(
            books.Now.ToString(),
            books.Sequence,
            [.. pledged.Select(asset => asset.Told(books))],
            [.. pledged.SelectMany(asset => asset.Fullest(books)).OrderByDescending(use => use.Utilisation).ThenBy(use => use.Asset, StringComparer.Ordinal).ThenBy(use => use.Of, StringComparer.Ordinal).Take(MostCaps)],
            loans,
            correlation);
    }

    /// <summary>One asset while the accounts are gone through.</summary>
    private sealed class Pledged(MarginModel model, int asset, double price)
    {
        private readonly CollateralTerms? _terms = model.Parameters.Collateral.FirstOrDefault(t => t.Asset == model.Catalog.Assets[asset].Id);
        private readonly PriorityQueue<(int Account, double Value), double> _fullest = new();
        private int _accounts;
        private double _coins;
        private double _owed;
        private double _counted;
        private (int Account, double Value) _largest = (-1, 0);

        public void Add(int account, double coins)
        {
            if (coins < 0)
            {
                _owed -= coins;
                return;
            }

            double value = coins * price;
            _accounts++;
            _coins += coins;
            if (value > 0) _counted += model.CountedValue(asset, value);
            if (value > _largest.Value) _largest = (account, value);
            if (_terms?.Cap is null) return;

            _fullest.Enqueue((account, value), value);
            if (_fullest.Count > MostCaps) _fullest.Dequeue();
        }

        public PledgedAsset Told(BooksCopy books)
        {
            Asset listed = model.Catalog.Assets[asset];
            double value = _coins * price;

            return new PledgedAsset(
                listed.Id.Value,
                listed.Class.ToString().ToLowerInvariant(),
                listed.Follows is { } follows ? model.Catalog[follows].Id.Value : null,
                books.Market.HasPrice(new AssetIndex(asset)) ? price : null,
                _terms is null ? [] : [.. _terms.Tiers.Select(tier => new TierFigures((double)tier.FromValue, (double)tier.Haircut))],
                (double?)_terms?.Cap,
                _accounts,
                _coins,
                value,
                _counted,
                value > 0 ? 1 - (_counted / value) : null,
                _owed,
                _owed * price,
                _largest.Account < 0 ? null : new LargestHolder(books.Carries[_largest.Account].Account.Value, _largest.Value));
        }

        public IEnumerable<CapUse> Fullest(BooksCopy books) => _terms?.Cap is not { } cap ? [] : _fullest.UnorderedItems.Select(held => new CapUse(
            "account", books.Carries[held.Element.Account].Account.Value, model.Catalog.Assets[asset].Id.Value, held.Element.Value, (double)cap, held.Element.Value / (double)cap));
    }
}

/// <summary>One asset as collateral, all customers together; the liquidity provider is left out.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Follows">The asset it is a claim on.</param>
/// <param name="Price">Its price.</param>
/// <param name="Tiers">Its schedule: the haircut on the part of one account's value from each tier on; none where the rulebook counts none of it.</param>
/// <param name="Cap">Value above which one account's holding counts nothing.</param>
/// <param name="Accounts">How many customers have some.</param>
/// <param name="Coins">What they have together, net of each one's own debts, the worth of positions that settle in it included.</param>
/// <param name="Value">The same in the numeraire.</param>
/// <param name="Counted">What of it counts.</param>
/// <param name="Haircut">1 − counted ÷ value; none where nothing is held.</param>
/// <param name="Owed">Coins that customers owe net.</param>
/// <param name="OwedValue">The same in the numeraire.</param>
/// <param name="Largest">The largest holder.</param>
internal sealed record PledgedAsset(
    string Asset,
    string Class,
    string? Follows,
    double? Price,
    IReadOnlyList<TierFigures> Tiers,
    double? Cap,
    int Accounts,
    double Coins,
    double Value,
    double Counted,
    double? Haircut,
    double Owed,
    double OwedValue,
    LargestHolder? Largest);

/// <summary>A tier of the schedule.</summary>
/// <param name="From">Value of one account's holding from which it applies.</param>
/// <param name="Haircut">The part refused of what lies above.</param>
internal sealed record TierFigures(double From, double Haircut);

/// <summary>Who has most of an asset, and its value.</summary>
internal sealed record LargestHolder(string Account, double Value);

/// <summary>How full a cap is.</summary>
/// <param name="Scope">Whose holding it bounds: <c>account</c>.</param>
/// <param name="Of">The account.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Used">Value held.</param>
/// <param name="Cap">Value above which nothing counts.</param>
/// <param name="Utilisation">Used ÷ cap; above 1 the rest counts nothing.</param>
internal sealed record CapUse(string Scope, string Of, string Asset, double Used, double Cap, double Utilisation);
