namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// The legs of one posting, netted: sorted by asset, then holder, each pair once, and known to sum to zero per asset.
/// Kept between postings for its scratch space only.
/// </summary>
internal sealed class Posting
{
    private const int FewLegs = 16;

    private ulong[] _keys = new ulong[FewLegs];
    private Amount[] _amounts = new Amount[FewLegs];

    /// <summary>How many pairs of asset and holder move.</summary>
    public int Count { get; private set; }

    /// <summary>The asset of a netted leg.</summary>
    public int Asset(int leg) => (int)(_keys[leg] >> 32);

    /// <summary>The holder of a netted leg.</summary>
    public Holder Holder(int leg) => Accounts.Holder.FromCode(unchecked((int)(uint)_keys[leg]));

    /// <summary>The amount of a netted leg; may be zero.</summary>
    public Amount Amount(int leg) => _amounts[leg];

    /// <summary>Sorts, checks and nets the legs of a posting.</summary>
    /// <exception cref="LawBrokenException">A leg names nobody or no asset, or the legs of an asset do not sum to zero.</exception>
    public void Net(ReadOnlySpan<Leg> legs)
    {
        Law.Holds(legs.Length <= GeneralLedger.MaxLegs, "a posting has no more than the most legs");
        if (legs.Length > _keys.Length)
        {
            int size = Math.Max(legs.Length, 2 * _keys.Length);
            _keys = new ulong[size];
            _amounts = new Amount[size];
        }

        for (int i = 0; i < legs.Length; i++)
        {
            Leg leg = legs[i];
            Law.Holds(leg.Holder.Code != 0, "a leg names who holds the balance");
            Law.Holds(leg.Asset.Value is >= 0 and < GeneralLedger.MaxAssets, "an asset's index lies between 0 and the most assets");
            _keys[i] = ((ulong)(uint)leg.Asset.Value << 32) | unchecked((uint)leg.Holder.Code);
            _amounts[i] = leg.Amount;
        }

        Sort(legs.Length);
        int leg0 = 0;
        Count = 0;
        while (leg0 < legs.Length) leg0 = NetAsset(leg0, legs.Length);
    }

    // Nearly every posting has a handful of legs, for which the library's sort costs more than the posting.
    private void Sort(int count)
    {
        if (count > FewLegs)
        {
            _keys.AsSpan(0, count).Sort(_amounts.AsSpan(0, count));

            return;
        }

        for (int i = 1; i < count; i++)
        {
            (ulong key, Amount amount) = (_keys[i], _amounts[i]);
            int hole = i;
            for (; hole > 0 && _keys[hole - 1] > key; hole--) (_keys[hole], _amounts[hole]) = (_keys[hole - 1], _amounts[hole - 1]);
            (_keys[hole], _amounts[hole]) = (key, amount);
        }
    }

    // Credits and debits are summed apart and bounded at each step, so no order of the legs can overflow a sum.
    private int NetAsset(int from, int end)
    {
        int asset = Asset(from);
        Int128 credits = 0;
        Int128 debits = 0;
        int i = from;
        for (; i < end && Asset(i) == asset; i++)
        {
            Int128 units = _amounts[i].Units;
            Law.Holds(units < AssetScale.Limit && units > -AssetScale.Limit, "an amount lies inside the limit of 10^36 units");
            if (units > 0) credits += units;
            else debits -= units;
            if (credits >= AssetScale.Limit || debits >= AssetScale.Limit) throw new LawBrokenException("a posting moves less than the limit of 10^36 units of an asset");

            bool again = Count > 0 && _keys[Count - 1] == _keys[i];
            if (again)
            {
                _amounts[Count - 1] += _amounts[i];
            }
            else
            {
                _keys[Count] = _keys[i];
                _amounts[Count++] = _amounts[i];
            }
        }

        if (credits != debits) throw new LawBrokenException($"a posting sums to zero per asset; asset {asset} is off by {credits - debits} units");

        return i;
    }
}
