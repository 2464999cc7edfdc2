using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Lending;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>What the venue lends of each asset, how much of it is used, and since when interest is due.</summary>
public sealed class LendingBook
{
    private const string Section = "LEND";
    private const ushort Version = 1;

    private readonly VenueState _venue;
    private readonly SortedDictionary<int, Instant> _since = [];

    internal LendingBook(VenueState venue) => _venue = venue;

    /// <summary>What is lent to everybody together, interest included.</summary>
    public Amount Lent(AssetIndex asset) => -_venue.Ledger.ControlTotal(Purse.Loan, asset);

    /// <summary>What is lent ÷ what customers hold, 0 to 1; 0 where nothing is lent.</summary>
    public decimal Utilisation(AssetIndex asset)
    {
        AssetScale scale = _venue.Catalog[asset].Scale;
        double lent = scale.ToModel(Lent(asset));
        double held = scale.ToModel(_venue.Ledger.ControlTotal(Purse.Cash, asset));
        if (!(lent > 0)) return 0m;

        return lent >= held ? 1m : decimal.Round((decimal)(lent / held), 12);
    }

    /// <summary>What borrowing the asset costs a year now, by its curve; none where it has none.</summary>
    public decimal? AnnualRate(AssetIndex asset) => Terms(asset)?.Rate?.RateAt(Utilisation(asset));

    /// <summary>From when on interest is due; none where nothing was ever lent.</summary>
    public Instant? Since(AssetIndex asset) => _since.TryGetValue(asset.Value, out Instant since) ? since : null;

    /// <summary>What is lent to an owner, or to an account nobody owns, over all its accounts.</summary>
    public Amount LentTo(AccountIndex account, AssetIndex asset)
    {
        AccountIndex root = _venue.Classes.RootOf(account);
        Amount lent = -_venue.Ledger.Balance(root, Purse.Loan, asset);
        foreach (AccountIndex sub in _venue.Classes.SubAccountsOf(root)) lent -= _venue.Ledger.Balance(sub, Purse.Loan, asset);

        return lent;
    }

    /// <summary>The interest of the time since the last, as a part of what is lent, by the asset's curve; none where it has none or no time has passed.</summary>
    internal decimal? PeriodRate(AssetIndex asset, Instant now)
    {
        if (AnnualRate(asset) is not { } annual || Since(asset) is not { } since || now <= since) return null;

        return decimal.Round(annual * ((now.UnixMicroseconds - since.UnixMicroseconds) / (decimal)Instant.MicrosecondsPerYear), 18);
    }

    /// <summary>Whether so much more may be lent, by the caps on the asset.</summary>
    internal bool Allows(AccountIndex account, AssetIndex asset, Amount more)
    {
        if (Terms(asset) is not { } terms) return true;

        return Within(asset, Lent(asset) + more, terms.Cap)
            && (terms.OwnerCap is null || Within(asset, LentTo(account, asset) + more, terms.OwnerCap));
    }

    internal void Charged(AssetIndex asset) => _since[asset.Value] = _venue.Now;

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_since.Count);
        foreach ((int asset, Instant since) in _since)
        {
            writer.WriteInt(asset);
            writer.WriteInstant(since);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(12);
        for (int i = 0; i < count; i++)
        {
            int asset = reader.ReadInt();
            if (asset < 0 || asset >= _venue.Catalog.Assets.Count) throw reader.Fault("a listed asset");
            _since[asset] = reader.ReadInstant();
        }
    }

    private LentTerms? Terms(AssetIndex asset) => _venue.Parameters?.Lending.Of(_venue.Catalog[asset].Id);

    private bool Within(AssetIndex asset, Amount lent, decimal? cap)
    {
        if (cap is not { } most) return true;
        AssetScale scale = _venue.Catalog[asset].Scale;

        // A cap beyond what the books hold caps nothing.
        return (double)most * (double)scale.UnitsPerWhole >= (double)BookLimits.Most || lent <= scale.FromDecimal(most, Rounding.AgainstTheAccount);
    }
}
