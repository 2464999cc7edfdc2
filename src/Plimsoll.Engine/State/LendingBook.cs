using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Lending;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>What the venue lends of each asset, how much of it is used, and what interest is due.</summary>
/// <remarks>
/// An asset with a curve has an index, the sum of its rates times the time they held: a loan owes its size times what the index
/// has gained since the loan was last charged. So a loan pays for the time it stood and for no other, whenever the venue charges.
/// The rate of a stretch is the curve's at what is used at its end; a stretch ends when anybody borrows, repays or is charged.
/// </remarks>
public sealed class LendingBook
{
    private const string Section = "LEND";
    private const ushort Version = 2;

    private readonly VenueState _venue;
    private readonly SortedDictionary<int, Instant> _since = [];
    private readonly SortedDictionary<int, decimal> _index = [];
    private readonly SortedDictionary<(int Asset, int Account), decimal> _charged = [];

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

    /// <summary>Where an asset's index stood when it was last moved.</summary>
    internal decimal IndexOf(AssetIndex asset) => _index.GetValueOrDefault(asset.Value);

    /// <summary>The interest a whole coin lent from the first moment on would owe by now, without interest on interest.</summary>
    internal decimal IndexAt(AssetIndex asset, Instant now)
    {
        decimal index = IndexOf(asset);
        if (AnnualRate(asset) is not { } annual || Since(asset) is not { } since || now <= since) return index;

        return decimal.Round(index + (annual * ((now.UnixMicroseconds - since.UnixMicroseconds) / (decimal)Instant.MicrosecondsPerYear)), 18);
    }

    /// <summary>What a loan owes beside what is booked, once the index stands there; rounded against who owes.</summary>
    internal Amount Interest(AccountIndex account, AssetIndex asset, decimal index)
    {
        Amount loan = -_venue.Ledger.Balance(account, Purse.Loan, asset);
        if (loan.IsZero) return default;

        decimal gained = index - _charged.GetValueOrDefault((asset.Value, account.Value));
        return gained <= 0m ? default : loan.Times(gained, Rounding.ForTheAccount);
    }

    /// <summary>Whether so much more may be lent, by the caps on the asset.</summary>
    internal bool Allows(AccountIndex account, AssetIndex asset, Amount more)
    {
        if (Terms(asset) is not { } terms) return true;

        return Within(asset, Lent(asset) + more, terms.Cap)
            && (terms.OwnerCap is null || Within(asset, LentTo(account, asset) + more, terms.OwnerCap));
    }

    internal void Charged(AssetIndex asset) => _since[asset.Value] = _venue.Now;

    internal void Advance(AssetIndex asset, decimal index)
    {
        _index[asset.Value] = index;
        Charged(asset);
    }

    /// <summary>The account's loan owes nothing beside what is booked, from where the index stands.</summary>
    internal void Charged(AccountIndex account, AssetIndex asset) => _charged[(asset.Value, account.Value)] = IndexOf(asset);

    internal void Forget(AccountIndex account, AssetIndex asset) => _charged.Remove((asset.Value, account.Value));

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_since.Count);
        foreach ((int asset, Instant since) in _since)
        {
            writer.WriteInt(asset);
            writer.WriteInstant(since);
        }

        writer.WriteInt(_index.Count);
        foreach ((int asset, decimal index) in _index)
        {
            writer.WriteInt(asset);
            writer.WriteDecimal(index);
        }

        writer.WriteInt(_charged.Count);
        foreach (((int asset, int account), decimal index) in _charged)
        {
            writer.WriteInt(asset);
            writer.WriteInt(account);
            writer.WriteDecimal(index);
        }
    }

    internal void Read(StateReader reader)
    {
        if (reader.Section(Section, Version) != Version) throw reader.Fault($"loans of version {Version}");
        int dated = reader.ReadCount(12);
        for (int i = 0; i < dated; i++) _since[ReadAsset(reader)] = reader.ReadInstant();
        int indexed = reader.ReadCount(20);
        for (int i = 0; i < indexed; i++) _index[ReadAsset(reader)] = reader.ReadDecimal();
        int loans = reader.ReadCount(24);
        for (int i = 0; i < loans; i++)
        {
            int asset = ReadAsset(reader);
            int account = reader.ReadInt();
            if (account < 0 || account >= _venue.Accounts.Count) throw reader.Fault("an open account");
            _charged[(asset, account)] = reader.ReadDecimal();
        }
    }

    private int ReadAsset(StateReader reader)
    {
        int asset = reader.ReadInt();

        return asset >= 0 && asset < _venue.Catalog.Assets.Count ? asset : throw reader.Fault("a listed asset");
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
