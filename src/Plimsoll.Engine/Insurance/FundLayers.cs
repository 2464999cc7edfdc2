using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// Who bears what bankrupt accounts owe, within one tick.
/// <list type="number">
/// <item>Each asset owed is paid by the layers of insurance in their order, each within its caps and what it has: from its
/// balance in that asset first, then from others, which the liquidity provider changes at the market price.</item>
/// <item>What no layer pays the venue's own funds bear, up to their limit of the period.</item>
/// <item>Beyond it accounts with positions share it; and what even they cannot bear is the venue's after all: bad debt.</item>
/// <item>What became of the deficit is written down, and must add up to the unit.</item>
/// </list>
/// Law: no fund ever pays more than it has.
/// </summary>
internal sealed class FundLayers
{
    private readonly VenueState _venue;
    private readonly Action<Event> _happen;
    private readonly InsuranceTerms _terms;
    private readonly ImmutableArray<LayerTerms> _layers;
    private readonly double _perTick;
    private readonly bool _isWritten;
    private readonly double[] _given = new double[InsuranceBook.Bearers];
    private readonly SortedDictionary<(int Account, int Asset), DeficitParts> _parts = [];

    public FundLayers(VenueState venue, RiskParameters parameters, Action<Event> happen)
    {
        _venue = venue;
        _happen = happen;
        _terms = parameters.Insurance;
        _layers = _terms.IsNone ? [new LayerTerms(InsuranceLayer.Base)] : _terms.Layers;
        _perTick = parameters.Liquidation.MaxFundDrawPerTick is { } cap ? (double)cap : double.PositiveInfinity;
        _isWritten = !_terms.IsNone || !parameters.Deleveraging.IsNone;
    }

    /// <summary>What all layers together can still give for an account in this tick, in the numeraire.</summary>
    public double LeftFor(AccountIndex account)
    {
        double left = 0;
        foreach (LayerTerms layer in _layers) left += LeftOf(layer, account);

        return Math.Min(left, Math.Max(0, _perTick - _given.Sum()));
    }

    /// <summary>Notes what the other side gave up for an account, so that its deficit adds up.</summary>
    public void Deleveraged(AccountIndex account, AssetIndex asset, Amount amount)
    {
        if (amount.IsZero) return;

        DeficitParts parts = Parts(account, asset);
        _parts[(account.Value, asset.Value)] = parts with { Deleveraged = parts.Deleveraged + amount };
    }

    /// <summary>Settles what an account owes when nothing of it is left to sell, and writes down who bore it.</summary>
    public void Settle(AccountIndex account)
    {
        _venue.Judgement.Refresh(account);
        bool isFinished = _venue.Positions.Rows(account).Count == 0;
        if (isFinished && _venue.Judgement.Of(account).Equity < 0) Absorb(account);
        KeyValuePair<(int Account, int Asset), DeficitParts>[] own = [.. _parts.Where(part => part.Key.Account == account.Value)];
        if (_isWritten && own.Length > 0) _happen(new DeficitSettled(_venue.Accounts[account], [.. own.Select(part => Line(new AssetIndex(part.Key.Asset), part.Value))]));
        foreach (KeyValuePair<(int Account, int Asset), DeficitParts> part in own) _parts.Remove(part.Key);
    }

    private void Absorb(AccountIndex account)
    {
        for (int i = 0; i < _venue.Catalog.Assets.Count; i++)
        {
            var asset = new AssetIndex(i);
            Amount owed = -(_venue.Ledger.Balance(account, Purse.Cash, asset) + _venue.Ledger.Balance(account, Purse.Loan, asset));
            if (owed.Sign <= 0) continue;

            Amount left = owed;
            foreach (LayerTerms layer in _layers) Draw(layer, account, asset, ref left);
            Amount insured = owed - left;
            Amount own = BearOwn(account, asset, ref left, _terms.OwnFunds is { } limit ? (double)limit - _venue.Insurance.OwnInPeriod : double.PositiveInfinity);
            Amount socialised = Socialise(account, asset, ref left);
            own += BearOwn(account, asset, ref left, double.PositiveInfinity);
            Law.Holds(insured + own + socialised == owed && left.IsZero, "insurance, own funds and what was socialised are what was owed");
            DeficitParts parts = Parts(account, asset);
            _parts[(account.Value, i)] = parts with { Insured = parts.Insured + insured, Own = parts.Own + own, Socialised = parts.Socialised + socialised };
        }
    }

    private void Draw(LayerTerms layer, AccountIndex account, AssetIndex owedAsset, ref Amount owed)
    {
        if (InsuranceBook.FundOf(layer.Layer) is not { } fund)
        {
            Claim(layer, account, owedAsset, ref owed);

            return;
        }

        Draw(layer, fund, account, owedAsset, owedAsset, ref owed);
        for (int j = 0; j < _venue.Catalog.Assets.Count && owed.Sign > 0; j++)
        {
            if (j != owedAsset.Value) Draw(layer, fund, account, owedAsset, new AssetIndex(j), ref owed);
        }
    }

    private void Draw(LayerTerms layer, Fund fund, AccountIndex account, AssetIndex owedAsset, AssetIndex paidAsset, ref Amount owed)
    {
        Amount has = _venue.Ledger.Balance(fund, paidAsset);
        double price = _venue.Market.PriceOf(owedAsset);
        double paidPrice = _venue.Market.PriceOf(paidAsset);
        double left = Math.Min(LeftOf(layer, account), _perTick - _given.Sum());
        if (owed.Sign <= 0 || has.Sign <= 0 || !(left > 0) || price <= 0 || paidPrice <= 0) return;

        AssetScale paidScale = _venue.Catalog[paidAsset].Scale;
        Amount amount = Affordable(owedAsset, owed, Math.Min(left, paidScale.ToModel(has) * paidPrice));
        if (amount.Sign <= 0) return;

        bool isSame = owedAsset == paidAsset;
        Amount paid = isSame
            ? amount
            : Amount.Min(has, paidScale.FromModel(_venue.Catalog[owedAsset].Scale.ToModel(amount) * price / paidPrice, Rounding.ForTheAccount));
        if (paid.Sign <= 0) return;

        amount = isSame ? Amount.Min(amount, has) : amount;
        double worth = Worth(owedAsset, amount);
        _happen(new FundDrawn(
            _venue.Accounts[account],
            _venue.Catalog[owedAsset].Id,
            amount,
            _venue.Catalog[paidAsset].Id,
            isSame ? amount : paid,
            Consequences.Provider,
            worth,
            fund == Fund.InsuranceFund ? null : fund));
        _given[(int)layer.Layer] += worth;
        owed -= amount;
    }

    /// <summary>The insurer bears what he promised: he owes it from now on.</summary>
    private void Claim(LayerTerms layer, AccountIndex account, AssetIndex asset, ref Amount owed)
    {
        if (owed.Sign <= 0 || _terms.Cover is not { } cover || !_venue.Accounts.TryFind(cover.Insurer, out AccountIndex insurer)) return;

        Amount amount = Affordable(asset, owed, Math.Min(LeftOf(layer, account), _perTick - _given.Sum()));
        if (amount.Sign <= 0 || !BookLimits.AllowsTransfer(_venue.Ledger, Holder.Of(insurer, Purse.Cash), Holder.Of(account, Purse.Cash), asset, amount)) return;

        double worth = Worth(asset, amount);
        _happen(new CoverClaimed(_venue.Accounts[account], cover.Insurer, _venue.Catalog[asset].Id, amount, worth));
        _given[(int)InsuranceLayer.Cover] += worth;
        owed -= amount;
    }

    private Amount BearOwn(AccountIndex account, AssetIndex asset, ref Amount owed, double limit)
    {
        Amount amount = double.IsPositiveInfinity(limit) ? owed : Affordable(asset, owed, limit);
        if (owed.Sign <= 0 || amount.Sign <= 0) return Amount.Zero;

        _happen(new LossBorne(_venue.Accounts[account], _venue.Catalog[asset].Id, amount, Worth(asset, amount)));
        owed -= amount;

        return amount;
    }

    private Amount Socialise(AccountIndex account, AssetIndex asset, ref Amount owed)
    {
        if (owed.Sign <= 0 || _terms.Socialise == Socialisation.None) return Amount.Zero;

        (IReadOnlyList<LossShare> shares, Amount total) = SocialisedLoss.Share(_venue, _terms.Socialise, account, asset, owed);
        if (total.IsZero) return Amount.Zero;

        _happen(new LossSocialised(_venue.Accounts[account], _venue.Catalog[asset].Id, total, shares, Worth(asset, total)));
        owed -= total;

        return total;
    }

    /// <summary>As much of what is owed as so much money pays for; nothing of what has no price.</summary>
    private Amount Affordable(AssetIndex asset, Amount owed, double money)
    {
        double price = _venue.Market.PriceOf(asset);
        if (!(money > 0) || !(price > 0)) return Amount.Zero;

        // Compared before it is converted: at a tiny price what could be paid for may be more than an amount can be.
        AssetScale scale = _venue.Catalog[asset].Scale;
        double coins = money / price;

        return coins >= scale.ToModel(owed) ? owed : scale.FromModel(coins, Rounding.AgainstTheAccount);
    }

    private double LeftOf(LayerTerms layer, AccountIndex account)
    {
        InsuranceBook book = _venue.Insurance;
        double left = InsuranceBook.FundOf(layer.Layer) is { } fund ? book.Worth(fund) : CoverLeft();
        if (layer.PerTick is { } perTick) left = Math.Min(left, (double)perTick - _given[(int)layer.Layer]);
        if (layer.PerPeriod is { } perPeriod) left = Math.Min(left, (double)perPeriod - book.InPeriod(layer.Layer));
        if (layer.PerAccount is { } perAccount) left = Math.Min(left, (double)perAccount - book.InPeriod(layer.Layer, account));
        if (layer.Layer == InsuranceLayer.Pool && _terms.Pool is { } pool)
        {
            double forAccount = book.InPeriod(InsuranceLayer.Pool, account);
            left = Math.Min(left, (double)pool.Cover - book.InPeriod(InsuranceLayer.Pool));
            left = Math.Min(left, ((double)pool.AccountPart * (book.Worth(Fund.MutualPool) + forAccount)) - forAccount);
        }

        return Math.Max(0, left);

        // Who is not open, or has something else at stake here, covers nothing.
        double CoverLeft() => _terms.Cover is { } cover && _venue.Accounts.TryFind(cover.Insurer, out AccountIndex insurer) && insurer != account && book.IsInsurer(insurer)
            ? (double)cover.Limit - book.Outstanding
            : 0;
    }

    private DeficitParts Parts(AccountIndex account, AssetIndex asset) => _parts.GetValueOrDefault((account.Value, asset.Value));

    private DeficitLine Line(AssetIndex asset, in DeficitParts parts)
    {
        Amount deficit = parts.Deleveraged + parts.Insured + parts.Own + parts.Socialised;

        return new DeficitLine(
            _venue.Catalog[asset].Id, deficit, parts.Deleveraged, parts.Insured, parts.Own, parts.Socialised, Worth(asset, deficit), Worth(asset, parts.Deleveraged));
    }

    private double Worth(AssetIndex asset, Amount amount) => _venue.Catalog[asset].Scale.ToModel(amount) * _venue.Market.PriceOf(asset);

    private readonly record struct DeficitParts(Amount Deleveraged, Amount Insured, Amount Own, Amount Socialised);
}
