using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// The verdict on every account, kept in step with ledger, positions and prices.
/// <list type="number">
/// <item>Whoever's balances or positions changed gets his rows of the book written anew, from exact amounts.</item>
/// <item>Prices that moved rebuild the response rows of the instruments they touch, and of no others.</item>
/// <item>Only accounts that changed, or hold something touched, are judged again.</item>
/// </list>
/// </summary>
public sealed class Judgement
{
    private const string Section = "JUDG";
    private const ushort Version = 1;

    private readonly VenueState _venue;
    private readonly AccountRowsOf _rows;
    private readonly AssetHolders _holders = new();
    private readonly SortedSet<int> _touchedAssets = [];
    private readonly SortedSet<int> _touchedInstruments = [];
    private readonly SortedSet<int> _touchedAccounts = [];
    private readonly AccountSet _due = new();
    private Verdict[] _verdicts = new Verdict[16];
    private readonly WatchList _watched = new();
    private bool _stale = true;
    private bool _crowded;
    private bool _hasCosts;

    internal Judgement(VenueState venue)
    {
        _venue = venue;
        _rows = new AccountRowsOf(venue);
    }

    /// <summary>Threads that judge; any number gives the same verdicts.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Accounts × instruments, signed quantities in the instruments' own units.</summary>
    public SparseRows Positions { get; } = new();

    /// <summary>Accounts × assets, whole coins: cash and loan less the carried cost of positions.</summary>
    public SparseRows Money { get; } = new();

    /// <summary>What must be known of accounts beside what they hold: their margin modes.</summary>
    public AccountTerms Terms { get; } = new();

    /// <summary>The rulebook in force, resolved; none before parameters are set.</summary>
    public MarginModel? Model { get; private set; }

    /// <summary>What every instrument and asset does in every scenario; none before parameters are set.</summary>
    public ResponseSet? Responses { get; private set; }

    /// <summary>Of the accounts judged in the last refresh those that anything could follow for: near their requirement, or not healthy; ascending.</summary>
    public ReadOnlySpan<int> Watched => _watched.Accounts;

    /// <summary>The verdicts, by account ordinal.</summary>
    public ReadOnlySpan<Verdict> Verdicts => _verdicts.AsSpan(0, _venue.Accounts.Count);

    /// <summary>The verdict on one account.</summary>
    public Verdict Of(AccountIndex account) => _verdicts[account.Value];

    /// <summary>How often a single account was judged anew in the middle of a tick; no part of the state.</summary>
    internal long JudgedAlone { get; private set; }

    /// <summary>How one account's verdict came about.</summary>
    /// <exception cref="InputException">No parameters have been set yet.</exception>
    public Explanation Explain(AccountIndex account) => Model is { } model && Responses is { } responses
        ? Judge.Explain(account.Value, Positions, Money, responses, model, Terms)
        : throw new InputException("venue", "no risk parameters have been set yet");

    /// <summary>What an account's owner has in his other accounts; none where it is his only one.</summary>
    public OthersHoldings? OthersOf(AccountIndex account) => Model is { } model && Responses is { } responses
        ? Judge.OthersOf(account.Value, Positions, Money, responses, model, Terms)
        : null;

    /// <summary>An account's carry in an asset, exactly: cash and loan less the carried cost of positions settling in it.</summary>
    internal Amount Carry(AccountIndex account, AssetIndex asset) => _rows.Carry(account, asset);

    internal void Open(AccountIndex account)
    {
        int count = account.Value + 1;
        if (count > _verdicts.Length) Array.Resize(ref _verdicts, 2 * count);
        Positions.EnsureRows(count);
        Money.EnsureRows(count);

        // What the judge says of an account that has nothing.
        _verdicts[account.Value] = new Verdict(0, 0, 0, Verdict.NoScenario, 0, 0, 0, 0);
    }

    internal void Relisted() => _stale = true;

    internal void Enter(AccountIndex account, MarginMode mode)
    {
        Terms.SetMode(account.Value, mode);
        _touchedAccounts.Add(account.Value);
    }

    /// <summary>An owner's accounts are others than they were: all of them are judged anew.</summary>
    internal void Regroup(AccountIndex owner)
    {
        foreach (int account in Terms.FamilyOf(owner.Value)) _touchedAccounts.Add(account);
        int[] family = [.. _venue.Classes.SubAccountsOf(owner).Append(owner).Select(account => account.Value).Order()];
        Terms.SetFamily(family);
        foreach (int account in family) _touchedAccounts.Add(account);
    }

    /// <summary>The venue was sampled anew: everybody is judged by the sample.</summary>
    internal void Crowded() => _crowded = true;

    /// <summary>An account is judged anew though nothing of it changed: what was held back may follow now.</summary>
    internal void Touch(AccountIndex account) => _touchedAccounts.Add(account.Value);

    internal void Touch(AssetIndex asset) => _touchedAssets.Add(asset.Value);

    internal void Touch(InstrumentIndex instrument) => _touchedInstruments.Add(instrument.Value);

    /// <summary>Judges everybody who was touched since the last refresh.</summary>
    internal void Refresh()
    {
        _watched.Clear();
        _due.Clear(_venue.Accounts.Count);
        foreach (int account in _venue.Ledger.Changed) _due.Add(account);
        foreach (int account in _venue.Positions.Changed) _due.Add(account);
        foreach (int account in _touchedAccounts) _due.Add(account);
        _touchedAccounts.Clear();
        foreach (int account in _due.Members) Sync(account);
        _venue.Ledger.ClearChanged();
        _venue.Positions.ClearChanged();

        bool everybody = Reprice();
        _touchedAssets.Clear();
        _touchedInstruments.Clear();
        if (Model is null) return;

        if (everybody) JudgeEverybody();
        else JudgeDue();
    }

    /// <summary>
    /// Judges one account by what it has now and the prices of the last refresh, and by what its owner's others have now. Others
    /// that changed with it wait for the next refresh, and so does the watch list. Of whom nothing changed the verdict stands.
    /// </summary>
    internal void Refresh(AccountIndex account)
    {
        ReadOnlySpan<int> family = Terms.FamilyOf(account.Value);
        bool changed = family.IsEmpty ? IsUnseen(account) || _touchedAccounts.Contains(account.Value) : true;
        if (!changed) return;

        Sync(account.Value);
        _venue.Ledger.See(account);
        _venue.Positions.See(account);
        foreach (int member in family)
            if (member != account.Value && HasChanged(new AccountIndex(member))) Sync(member);

        JudgedAlone++;
        if (Model is { } model) _verdicts[account.Value] = Judge.Account(account.Value, Positions, Money, Responses!, model, Terms);
    }

    /// <summary>Rebuilds rows, responses and verdicts of a restored state.</summary>
    internal void Rebuild()
    {
        for (int account = 0; account < _venue.Accounts.Count; account++)
        {
            Open(new AccountIndex(account));
            Sync(account);
        }

        foreach (AccountIndex owner in _venue.Classes.Parents) Regroup(owner);
        _touchedAccounts.Clear();
        foreach ((AccountIndex account, MarginMode mode) in _venue.Modes.Others) Terms.SetMode(account.Value, mode);
        _venue.Ledger.ClearChanged();
        _venue.Positions.ClearChanged();
        _stale = true;
        Reprice();
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_venue.Accounts.Count);
        foreach (Verdict verdict in Verdicts)
        {
            writer.WriteDouble(verdict.Equity);
            writer.WriteDouble(verdict.Counted);
            writer.WriteDouble(verdict.ScenarioLoss);
            writer.WriteInt(verdict.BindingScenario);
            writer.WriteDouble(verdict.Notional);
            writer.WriteDouble(verdict.InitialHealth);
            writer.WriteDouble(verdict.TargetHealth);
            writer.WriteDouble(verdict.MaintenanceHealth);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(60);
        if (count != _venue.Accounts.Count) throw reader.Fault("one verdict for each account");
        Rebuild();
        for (int i = 0; i < count; i++)
        {
            _verdicts[i] = new Verdict(
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                (short)reader.ReadInt(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble());
        }
    }

    private bool IsUnseen(AccountIndex account) => _venue.Ledger.IsUnseen(account) || _venue.Positions.IsUnseen(account);

    private bool HasChanged(AccountIndex account) => _venue.Ledger.HasChanged(account) || _venue.Positions.HasChanged(account);

    private void Sync(int account)
    {
        _holders.Forget(account, Money.Columns(account));
        _venue.Limits.Watch.Leaves(account, Positions);
        _rows.Write(new AccountIndex(account), Positions, Money);
        _venue.Limits.Watch.Enters(account, Positions);
        _holders.Note(account, Money.Columns(account));
        if (Model is { HasThinProfits: true } model) WriteCosts(account, model);
    }

    /// <summary>Notes what positions in thin markets cost, of everybody who has one.</summary>
    private void WriteCosts()
    {
        if (!_hasCosts && Model is not { HasThinProfits: true }) return;

        _hasCosts = Model!.HasThinProfits;
        for (int account = 0; account < _venue.Accounts.Count; account++) WriteCosts(account, Model);
    }

    private void WriteCosts(int account, MarginModel model)
    {
        Terms.Costs.EnsureRows(account + 1);
        _rows.WriteCosts(new AccountIndex(account), Terms.Costs, model);
        Terms.CostsChanged(account);
    }

    /// <summary>Brings model and responses up to date and adds who holds what was touched; true when that is everybody.</summary>
    private bool Reprice()
    {
        if (_stale) return Remodel();
        if (Responses is not { } responses || (_touchedAssets.Count == 0 && _touchedInstruments.Count == 0)) return false;

        if (_crowded) Model = Model!.With(_venue.Crowd.Sizes, _venue.Crowd.Prices);
        responses.Rebuild(
            _venue.Market,
            [.. _touchedAssets.Select(asset => new AssetIndex(asset))],
            [.. _touchedInstruments.Select(instrument => new InstrumentIndex(instrument))],
            _crowded ? _venue.Crowd.Sizes : null);
        if (_crowded)
        {
            _crowded = false;

            return true;
        }

        long reached = 0;
        foreach (int asset in _touchedAssets) reached += _holders.Count(asset);
        foreach (int instrument in responses.Touched) reached += _venue.Positions.HolderCount(new InstrumentIndex(instrument));
        if (reached >= _venue.Accounts.Count) return true;

        foreach (int asset in _touchedAssets) _holders.AddTo(_due, asset);
        foreach (int instrument in responses.Touched)
        {
            foreach (int account in _venue.Positions.HoldersOf(new InstrumentIndex(instrument))) _due.Add(account);
        }

        return false;
    }

    private bool Remodel()
    {
        _stale = false;
        if (_venue.Parameters is not { } parameters) return false;

        Model = new MarginModel(_venue.Catalog, parameters).With(_venue.Crowd.Sizes, _venue.Crowd.Prices);
        Responses = new ResponseSet(Model);
        Responses.Rebuild(_venue.Market);
        _crowded = false;
        WriteCosts();

        return true;
    }

    private void JudgeEverybody()
    {
        int count = _venue.Accounts.Count;
        Span<ulong> near = _watched.Marks(count);
        Judge.All(Positions, Money, Responses!, Model!, _verdicts, Threads, near, Terms);
        _watched.TakeAll(_venue.Accounts.Phases);
    }

    private void JudgeDue()
    {
        AddFamilies();
        _due.Sort();
        ReadOnlySpan<int> due = _due.Members;
        Judge.InPlace(due, Positions, Money, Responses!, Model!, _verdicts, _watched.Marks(due.Length), Threads, Terms);
        _watched.Take(due, _venue.Accounts.Phases);
    }

    /// <summary>What one account has decides what its owner's others count.</summary>
    private void AddFamilies()
    {
        if (!Terms.HasFamilies) return;

        int count = _due.Members.Length;
        for (int i = 0; i < count; i++)
            foreach (int member in Terms.FamilyOf(_due.Members[i])) _due.Add(member);
    }
}
