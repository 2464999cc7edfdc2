using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What customers have of each asset, summed account by account, and what of each cap it uses.</summary>
internal sealed class PledgedSums
{
    private readonly BooksCopy _books;
    private readonly MarginModel _model;
    private readonly double[] _volatilities;
    private readonly double[] _values;
    private readonly Line[] _lines;
    private readonly HashSet<int> _owners;
    private readonly SortedDictionary<int, double[]> _families = [];
    private readonly CapUses _uses = new();
    private readonly (IssuerTerms Terms, int[] Assets)[] _issuers;

    /// <summary>Nothing summed yet.</summary>
    public PledgedSums(BooksCopy books, MarginModel model, double[] volatilities)
    {
        (_books, _model, _volatilities, _values) = (books, model, volatilities, new double[model.AssetCount]);
        _lines = [.. Enumerable.Range(0, model.AssetCount).Select(a => new Line(
            model.Parameters.Collateral.FirstOrDefault(t => t.Asset == model.Catalog.Assets[a].Id), books.Market.PriceOf(new AssetIndex(a))))];
        _owners = [.. books.Owners.Values];
        _issuers = [.. model.Parameters.CollateralPolicy.Issuers.Select(issuer => (
            issuer, Enumerable.Range(0, _lines.Length).Where(a => _lines[a].Terms?.Issuer == issuer.Issuer).ToArray()))];
    }

    /// <summary>Adds one account.</summary>
    /// <param name="account">Its row.</param>
    /// <param name="net">Its coins by asset.</param>
    public void Add(int account, double[] net)
    {
        double[] values = _values;
        for (int a = 0; a < net.Length; a++) values[a] = net[a] == 0 ? 0 : Add(account, a, net[a]);

        // Caps of owners see all their accounts: those who have more than one wait until all are summed.
        int root = _books.Owners.TryGetValue(account, out int owner) ? owner : account;
        if (root == account && !_owners.Contains(account))
        {
            UseOwner(account, values);
            return;
        }

        if (!_families.TryGetValue(root, out double[]? family)) _families.Add(root, family = new double[net.Length]);
        for (int a = 0; a < values.Length; a++) family[a] += values[a];
    }

    /// <summary>The assets, in the order of listing.</summary>
    public PledgedAsset[] Assets() => [.. _lines.Select(Told)];

    /// <summary>The uses of caps, fullest first.</summary>
    public IEnumerable<CapUse> Caps()
    {
        foreach ((int root, double[] values) in _families) UseOwner(root, values);
        for (int a = 0; a < _lines.Length; a++)
        {
            if (_lines[a].Terms?.VenueCap is { } cap) _uses.Add("venue", null, NameOf(a), _lines[a].Coins * _lines[a].Price, (double)cap);
        }

        foreach ((IssuerTerms terms, int[] assets) in _issuers)
        {
            if (terms.VenueCap is { } cap) _uses.Add("issuer-venue", null, terms.Issuer, assets.Sum(a => _lines[a].Coins * _lines[a].Price), (double)cap);
        }

        return _uses.Fullest();
    }

    private double Add(int account, int asset, double coins)
    {
        Line line = _lines[asset];
        if (coins < 0)
        {
            line.Owed -= coins;
            return 0;
        }

        double value = coins * line.Price;
        double most = (double?)line.Terms?.AccountCap ?? double.PositiveInfinity;
        line.Accounts++;
        line.Coins += coins;
        if (value > 0) line.Counted += _model.CountedValue(asset, Math.Min(value, most));
        if (value > line.Largest.Value) line.Largest = (account, value);
        if (value > 0 && double.IsFinite(most)) _uses.Add("account", NameOfAccount(account), NameOf(asset), value, most);

        return Math.Min(value, most);
    }

    private void UseOwner(int root, double[] values)
    {
        for (int a = 0; a < values.Length; a++)
        {
            if (values[a] > 0 && _lines[a].Terms?.Cap is { } cap) _uses.Add("owner", NameOfAccount(root), NameOf(a), values[a], (double)cap);
        }

        foreach ((IssuerTerms terms, int[] assets) in _issuers)
        {
            double held = assets.Sum(a => values[a]);
            if (held > 0 && terms.Cap is { } cap) _uses.Add("issuer", NameOfAccount(root), terms.Issuer, held, (double)cap);
        }
    }

    private PledgedAsset Told(Line line, int asset)
    {
        Asset listed = _model.Catalog.Assets[asset];
        bool hasPrice = _books.Market.HasPrice(new AssetIndex(asset));
        double value = line.Coins * line.Price;
        double floor = _model.Sizes.HaircutFloorOf(asset);

        return new PledgedAsset(
            listed.Id.Value,
            listed.Class.ToString().ToLowerInvariant(),
            listed.Follows is { } follows ? _model.Catalog[follows].Id.Value : null,
            line.Terms is { } named ? JsonNamingPolicy.KebabCaseLower.ConvertName(named.Kind.ToString()) : null,
            line.Terms?.Issuer,
            hasPrice ? line.Price : null,
            line.Terms is { } terms ? [.. terms.Tiers.Select(tier => new TierFigures((double)tier.FromValue, (double)tier.Haircut))] : [],
            floor > 0 ? floor : null,
            asset < _volatilities.Length && _volatilities[asset] > 0 ? _volatilities[asset] : null,
            EligibilityFigures.Of(line.Terms, _model.Parameters.CollateralPolicy, hasPrice),
            line.Accounts,
            line.Coins,
            value,
            line.Counted,
            value > 0 ? 1 - (line.Counted / value) : null,
            line.Owed,
            line.Owed * line.Price,
            line.Largest.Value > 0 ? new LargestHolder(NameOfAccount(line.Largest.Account), line.Largest.Value) : null);
    }

    private string NameOf(int asset) => _model.Catalog.Assets[asset].Id.Value;

    private string NameOfAccount(int account) => _books.Carries[account].Account.Value;

    /// <summary>One asset while the accounts are gone through.</summary>
    private sealed class Line(CollateralTerms? terms, double price)
    {
        public CollateralTerms? Terms => terms;

        public double Price => price;

        public int Accounts { get; set; }

        public double Coins { get; set; }

        public double Counted { get; set; }

        public double Owed { get; set; }

        public (int Account, double Value) Largest { get; set; }
    }
}

/// <summary>The fullest caps of any number of uses, kept few.</summary>
internal sealed class CapUses
{
    private readonly PriorityQueue<CapUse, double> _kept = new();

    /// <summary>Takes one use. A cap of nothing is as full as can be.</summary>
    public void Add(string scope, string? of, string subject, double used, double cap)
    {
        double utilisation = cap > 0 ? used / cap : used > 0 ? double.MaxValue : 0;
        if (_kept.Count >= CollateralReport.MostCaps && _kept.TryPeek(out _, out double least) && utilisation <= least) return;

        _kept.Enqueue(new CapUse(scope, of, subject, used, cap, utilisation), utilisation);
        if (_kept.Count > CollateralReport.MostCaps) _kept.Dequeue();
    }

    /// <summary>Fullest first; of equals by name.</summary>
    public IEnumerable<CapUse> Fullest() => _kept.UnorderedItems.Select(item => item.Element)
        .OrderByDescending(use => use.Utilisation).ThenBy(use => use.Scope, StringComparer.Ordinal).ThenBy(use => use.Subject, StringComparer.Ordinal).ThenBy(use => use.Of, StringComparer.Ordinal);
}
