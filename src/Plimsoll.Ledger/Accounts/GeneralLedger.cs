using Plimsoll.Ledger.Rows;
using Plimsoll.Units.State;

namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// Who is owed what: two purses per customer and asset, and the funds of the venue. Double entry; balances are positive
/// where the venue owes the holder, so that every asset sums to zero over all holders, after every posting, always.
/// <para>
/// One writer, no locks. Balances of zero are kept nowhere, so the encoding depends on the balances alone and not on how
/// they came about.
/// </para>
/// </summary>
public sealed class GeneralLedger
{
    /// <summary>The most accounts of one ledger; a larger venue is split into partitions.</summary>
    public const int MaxAccounts = 1 << 24;

    /// <summary>The most assets: so that both purses of every asset fit one account's row.</summary>
    public const int MaxAssets = AccountRows.MaxEntries / 2;

    /// <summary>The most legs of one posting: several for each of a quarter million accounts.</summary>
    public const int MaxLegs = 1 << 21;

    private const int Purses = 2;

    private readonly AccountRows _rows = new();
    private readonly Column<Amount> _amounts;
    private readonly ChangedAccounts _changed = new();
    private readonly Posting _posting = new();

    // Per asset: a control total for each purse, the sum of the funds, and each fund's balance.
    private Amount[] _purseTotals = [];
    private Amount[] _fundTotals = [];
    private Amount[] _funds = [];

    /// <summary>A ledger without accounts.</summary>
    public GeneralLedger() => _amounts = _rows.AddColumn<Amount>();

    /// <summary>How many accounts were opened.</summary>
    public int AccountCount { get; private set; }

    /// <summary>No account from here on has a balance; no part of the state.</summary>
    internal int UsedAccounts => Math.Min(AccountCount, _rows.Accounts);

    /// <summary>One above the highest asset posted since the ledger was made or read; no part of the state.</summary>
    internal int AssetCount => _fundTotals.Length;

    /// <summary>Accounts whose balances changed since <see cref="ClearChanged"/>, each once, in the order of their first change.</summary>
    public ReadOnlySpan<int> Changed => _changed.Accounts;

    /// <summary>Whether an account is among <see cref="Changed"/>.</summary>
    public bool HasChanged(AccountIndex account) => _changed.Has(account.Value);

    /// <summary>Whether an account changed since it was last seen, or since <see cref="ClearChanged"/>.</summary>
    public bool IsUnseen(AccountIndex account) => _changed.IsUnseen(account.Value);

    /// <summary>Notes that an account was seen as it is; it stays among <see cref="Changed"/>.</summary>
    public void See(AccountIndex account) => _changed.See(account.Value);

    /// <summary>Opens the next account.</summary>
    /// <exception cref="LawBrokenException">There are <see cref="MaxAccounts"/> already.</exception>
    public AccountIndex Open()
    {
        Law.Holds(AccountCount < MaxAccounts, "a ledger has no more than the most accounts");

        return new AccountIndex(AccountCount++);
    }

    /// <summary>
    /// Moves balances: all legs or, where a law would be broken, none. Legs on the same balance add up first.
    /// </summary>
    /// <param name="legs">Any order; for each asset they sum to zero.</param>
    /// <exception cref="LawBrokenException">
    /// The legs of an asset do not sum to zero, an account was not opened, a loan would be positive, or a balance or total
    /// would reach <see cref="AssetScale.Limit"/>. Nothing changed.
    /// </exception>
    public void Post(ReadOnlySpan<Leg> legs)
    {
        _posting.Net(legs);
        Check();
        Apply();
        foreach (Leg leg in legs)
        {
            if (leg.Holder.IsCustomer && !leg.Amount.IsZero) _changed.Mark(leg.Holder.Account.Value);
        }
    }

    /// <summary>What the venue owes a customer in one purse; zero for what was never posted.</summary>
    public Amount Balance(AccountIndex account, Purse purse, AssetIndex asset)
    {
        if (unchecked((uint)asset.Value) >= (uint)AssetCount) return Amount.Zero;

        int place = _rows.Find(account.Value, Key(asset.Value, purse));

        return place >= 0 ? _amounts[_rows.Start(account.Value) + place] : Amount.Zero;
    }

    /// <summary>A fund's balance, + where the venue owes or earned; negative for places where it holds coins.</summary>
    public Amount Balance(Fund fund, AssetIndex asset) =>
        unchecked((uint)asset.Value) < (uint)AssetCount && Funds.Exists(fund) ? _funds[(asset.Value * Funds.Width) + (int)fund] : Amount.Zero;

    /// <summary>What the venue holds at a place: the fund's balance the other way round.</summary>
    public Amount Held(Fund fund, AssetIndex asset) => -Balance(fund, asset);

    /// <summary>An account's balances other than zero; empty for an account that was not opened.</summary>
    public BalanceRows Rows(AccountIndex account) => new(_rows.Keys(account.Value), _rows.Values(account.Value, _amounts));

    /// <summary>The sum of one purse over all customers, kept with every posting.</summary>
    public Amount ControlTotal(Purse purse, AssetIndex asset) =>
        unchecked((uint)asset.Value) < (uint)AssetCount ? _purseTotals[Key(asset.Value, purse)] : Amount.Zero;

    /// <summary>The sum of all funds, kept with every posting; with the two purses' totals it is zero.</summary>
    public Amount FundTotal(AssetIndex asset) => unchecked((uint)asset.Value) < (uint)AssetCount ? _fundTotals[asset.Value] : Amount.Zero;

    /// <summary>Forgets what changed.</summary>
    public void ClearChanged() => _changed.Clear();

    /// <summary>Recounts every balance against the control totals, and the totals against zero.</summary>
    /// <exception cref="LawBrokenException">Names the asset and the difference.</exception>
    public void Audit() => new LedgerAudit(this).Agrees(this);

    /// <summary>Writes the canonical encoding: accounts opened, balances by account, asset and purse, funds by asset and number.</summary>
    public void Write(StateWriter writer) => LedgerEncoding.Write(this, writer);

    /// <summary>Reads what <see cref="Write"/> wrote; nothing is marked as changed.</summary>
    /// <exception cref="InputException">The bytes are not a ledger that sums to zero.</exception>
    public static GeneralLedger Read(StateReader reader) => LedgerEncoding.Read(reader);

    /// <summary>Opens the accounts of an encoding that is being read.</summary>
    internal void Restore(int accounts) => AccountCount = accounts;

    /// <summary>Sets one balance of a customer, behind his last one, without its total.</summary>
    internal void Restore(int account, int key, Amount amount)
    {
        MakeAsset(key / Purses);
        _amounts[_rows.Insert(account, _rows.Count(account), key)] = amount;
    }

    /// <summary>Sets one fund's balance, without its total.</summary>
    internal void Restore(Fund fund, int asset, Amount amount)
    {
        MakeAsset(asset);
        _funds[(asset * Funds.Width) + (int)fund] = amount;
    }

    /// <summary>Sets the control totals to what a recount found.</summary>
    internal void Restore(LedgerAudit recount)
    {
        for (int i = 0; i < _purseTotals.Length; i++) _purseTotals[i] = new(recount.Purses[i].Value);
        for (int i = 0; i < _fundTotals.Length; i++) _fundTotals[i] = new(recount.Funds[i].Value);
    }

    private static int Key(int asset, Purse purse)
    {
        Law.Holds(purse is Purse.Cash or Purse.Loan, "a customer has two purses");

        return (asset * Purses) + (int)purse;
    }

    private static bool Inside(Amount amount) => amount.Units < AssetScale.Limit && amount.Units > -AssetScale.Limit;

    // Every leg and every total lies inside the limit before and is moved by less than the limit, so no sum here overflows.
    private void Check()
    {
        int leg = 0;
        while (leg < _posting.Count)
        {
            int asset = _posting.Asset(leg);
            Amount cash = ControlTotal(Purse.Cash, new(asset));
            Amount loan = ControlTotal(Purse.Loan, new(asset));
            Amount funds = FundTotal(new(asset));
            for (; leg < _posting.Count && _posting.Asset(leg) == asset; leg++)
            {
                Holder holder = _posting.Holder(leg);
                Amount moved = _posting.Amount(leg);
                CheckBalance(holder, asset, moved);
                if (holder.IsFund) funds += moved;
                else if (holder.Purse == Purse.Cash) cash += moved;
                else loan += moved;
            }

            if (!Inside(cash) || !Inside(loan) || !Inside(funds)) throw new LawBrokenException($"a control total stays inside the limit of 10^36 units; one of asset {asset} would not");
        }
    }

    private void CheckBalance(Holder holder, int asset, Amount moved)
    {
        if (holder.IsCustomer && holder.Account.Value >= AccountCount) throw new LawBrokenException($"only an opened account is posted to; {holder} was not opened");
        Amount next = moved + (holder.IsFund ? Balance(holder.Fund, new(asset)) : Balance(holder.Account, holder.Purse, new(asset)));
        if (!Inside(next)) throw new LawBrokenException($"a balance stays inside the limit of 10^36 units; {holder} in asset {asset} would not");
        if (holder.IsCustomer && holder.Purse == Purse.Loan && next.Sign > 0) throw new LawBrokenException($"a loan is never above zero; {holder} in asset {asset} would be by {next.Units} units");
    }

    private void Apply()
    {
        for (int leg = 0; leg < _posting.Count; leg++)
        {
            Amount moved = _posting.Amount(leg);
            if (moved.IsZero) continue;

            int asset = _posting.Asset(leg);
            Holder holder = _posting.Holder(leg);
            MakeAsset(asset);
            if (holder.IsFund)
            {
                _funds[(asset * Funds.Width) + (int)holder.Fund] += moved;
                _fundTotals[asset] += moved;
            }
            else
            {
                Add(holder.Account.Value, Key(asset, holder.Purse), moved);
                _purseTotals[Key(asset, holder.Purse)] += moved;
            }
        }
    }

    private void Add(int account, int key, Amount moved)
    {
        int place = _rows.Find(account, key);
        if (place < 0)
        {
            _amounts[_rows.Insert(account, ~place, key)] = moved;

            return;
        }

        ref Amount balance = ref _amounts[_rows.Start(account) + place];
        balance += moved;
        if (balance.IsZero) _rows.Remove(account, place);
    }

    private void MakeAsset(int asset)
    {
        if (asset < AssetCount) return;

        Array.Resize(ref _purseTotals, (asset + 1) * Purses);
        Array.Resize(ref _fundTotals, asset + 1);
        Array.Resize(ref _funds, (asset + 1) * Funds.Width);
    }
}
