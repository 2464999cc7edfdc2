using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Writes one account's rows of the book: exact lots and amounts are summed exactly and become model numbers last, so
/// that a row depends on what the account has and never on how it came to have it.
/// </summary>
internal sealed class AccountRowsOf(VenueState venue)
{
    private int[] _columns = new int[16];
    private double[] _values = new double[16];
    private Int128[] _exact = new Int128[16];

    public void Write(AccountIndex account, SparseRows positions, SparseRows money)
    {
        PositionRows held = venue.Positions.Rows(account);
        Room(held.Count);
        for (int i = 0; i < held.Count; i++)
        {
            _columns[i] = held.Instrument(i).Value;
            _values[i] = held.Lots(i).Count * (double)venue.Catalog[held.Instrument(i)].LotSize;
        }

        positions.ReplaceRow(account.Value, _columns.AsSpan(0, held.Count), _values.AsSpan(0, held.Count));

        int count = Carries(account);
        for (int i = 0; i < count; i++) _values[i] = venue.Catalog[new AssetIndex(_columns[i])].Scale.ToModel(new Amount(_exact[i]));
        money.ReplaceRow(account.Value, _columns.AsSpan(0, count), _values.AsSpan(0, count));
    }

    /// <summary>Writes what an account's positions in thin markets cost, in settlement coins.</summary>
    public void WriteCosts(AccountIndex account, SparseRows costs, MarginModel model)
    {
        PositionRows held = venue.Positions.Rows(account);
        Room(held.Count);
        int count = 0;
        for (int i = 0; i < held.Count; i++)
        {
            InstrumentIndex instrument = held.Instrument(i);
            if (model.RefusedProfit(instrument.Value) == 0) continue;

            _columns[count] = instrument.Value;
            _values[count++] = venue.Catalog[venue.Catalog[instrument].Settlement].Scale.ToModel(held.Cost(i));
        }

        costs.ReplaceRow(account.Value, _columns.AsSpan(0, count), _values.AsSpan(0, count));
    }

    public Amount Carry(AccountIndex account, AssetIndex asset)
    {
        int count = Carries(account);
        for (int i = 0; i < count; i++)
        {
            if (_columns[i] == asset.Value) return new Amount(_exact[i]);
        }

        return Amount.Zero;
    }

    /// <summary>Fills columns and exact values with the account's assets, ascending, those of zero left out.</summary>
    private int Carries(AccountIndex account)
    {
        BalanceRows balances = venue.Ledger.Rows(account);
        PositionRows held = venue.Positions.Rows(account);
        Room(balances.Count + held.Count);
        int count = 0;
        for (int i = 0; i < balances.Count; i++) Add(ref count, balances.Asset(i).Value, balances.Amount(i).Units);
        for (int i = 0; i < held.Count; i++)
        {
            Instrument instrument = venue.Catalog[held.Instrument(i)];
            if (!instrument.PaysPremium) Add(ref count, instrument.Settlement.Value, -held.Cost(i).Units);
        }

        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (_exact[i] == 0) continue;

            (_columns[kept], _exact[kept]) = (_columns[i], _exact[i]);
            kept++;
        }

        return kept;
    }

    private void Add(ref int count, int asset, Int128 units)
    {
        int at = count;
        while (at > 0 && _columns[at - 1] > asset) at--;
        if (at > 0 && _columns[at - 1] == asset)
        {
            _exact[at - 1] += units;

            return;
        }

        for (int i = count; i > at; i--) (_columns[i], _exact[i]) = (_columns[i - 1], _exact[i - 1]);
        (_columns[at], _exact[at]) = (asset, units);
        count++;
    }

    private void Room(int count)
    {
        if (count <= _columns.Length) return;

        int size = Math.Max(count, 2 * _columns.Length);
        _columns = new int[size];
        _values = new double[size];
        _exact = new Int128[size];
    }
}
