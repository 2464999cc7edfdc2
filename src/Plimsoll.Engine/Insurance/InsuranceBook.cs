using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// What insurance must remember beside its balances, which are the ledger's alone: who staked, what was drawn in this period,
/// and what every layer has given and got so far.
/// </summary>
public sealed class InsuranceBook
{
    /// <summary>Layers and, behind them, the venue's own funds.</summary>
    internal const int Bearers = 5;

    /// <summary>The venue's own funds among those who bear losses.</summary>
    internal const int Own = 4;

    private readonly VenueState _venue;
    private readonly double[] _inPeriod = new double[Bearers];
    private readonly SortedDictionary<(int Bearer, int Account), double> _forAccount = [];

    internal InsuranceBook(VenueState venue)
    {
        _venue = venue;
        Pool = new PoolShares(venue);
    }

    /// <summary>Who staked how much of the mutual pool.</summary>
    public PoolShares Pool { get; }

    /// <summary>What was borne and fed so far.</summary>
    public LossTotals Totals { get; } = new();

    /// <summary>When the period of caps began in which the last draw fell; none before the first.</summary>
    public Instant? PeriodStart { get; private set; }

    /// <summary>From when on the premium of the pool is due; none before anybody staked.</summary>
    public Instant? PremiumSince { get; internal set; }

    /// <summary>The terms in force.</summary>
    public InsuranceTerms Terms => _venue.Parameters?.Insurance ?? InsuranceTerms.None;

    /// <summary>When something falls due next: the premium of the pool.</summary>
    public Instant? NextDue => Terms.Pool is { } pool && PremiumSince is { } since && Pool.IsStaked
        ? since + Hours(pool.PremiumHours)
        : null;

    /// <summary>The fund of a layer; none of external cover, which holds no money.</summary>
    public static Fund? FundOf(InsuranceLayer layer) => layer switch
    {
        InsuranceLayer.Base => Fund.InsuranceFund,
        InsuranceLayer.FirstLoss => Fund.FirstLoss,
        InsuranceLayer.Pool => Fund.MutualPool,
        _ => null,
    };

    /// <summary>What a fund holds, in the numeraire at the last prices; what has no price counts nothing.</summary>
    public double Worth(Fund fund)
    {
        double worth = 0;
        for (int i = 0; i < _venue.Catalog.Assets.Count; i++)
        {
            var asset = new AssetIndex(i);
            worth += _venue.Catalog[asset].Scale.ToModel(_venue.Ledger.Balance(fund, asset)) * _venue.Market.PriceOf(asset);
        }

        return worth;
    }

    /// <summary>What a layer gave in the period that runs, in the numeraire at the time.</summary>
    public double InPeriod(InsuranceLayer layer) => InPeriod((int)layer);

    /// <summary>What a layer gave for one account in the period that runs.</summary>
    public double InPeriod(InsuranceLayer layer, AccountIndex account) =>
        PeriodRuns && _forAccount.TryGetValue(((int)layer, account.Value), out double given) ? given : 0;

    /// <summary>What the venue's own funds bore in the period that runs.</summary>
    public double OwnInPeriod => InPeriod(Own);

    /// <summary>Capital the pool must have, in the numeraire; 0 where there is no pool.</summary>
    public double CapitalRequired => Terms.Pool is { } pool ? Math.Max((double)pool.Floor, (double)pool.Cover / (double)pool.Gearing) : 0;

    /// <summary>The pool's capital ÷ what is required; +∞ where nothing is.</summary>
    public double CapitalRatio => CapitalRequired > 0 ? Worth(Fund.MutualPool) / CapitalRequired : double.PositiveInfinity;

    /// <summary>What the insurer owes for losses he bore, asset by asset, in the numeraire: what is below zero in his account.</summary>
    public double Outstanding
    {
        get
        {
            if (Terms.Cover is not { } cover || !_venue.Accounts.TryFind(cover.Insurer, out AccountIndex insurer)) return 0;

            double owed = 0;
            for (int i = 0; i < _venue.Catalog.Assets.Count; i++)
            {
                var asset = new AssetIndex(i);
                Amount cash = _venue.Ledger.Balance(insurer, Purse.Cash, asset);
                if (cash.Sign < 0) owed -= _venue.Catalog[asset].Scale.ToModel(cash) * _venue.Market.PriceOf(asset);
            }

            return owed;
        }
    }

    /// <summary>
    /// Whether an account is the insurer's and he has nothing else at stake here: what it owes is a claim that waits for his
    /// payment, and is not liquidated. With a position or a loan it is an account like any other.
    /// </summary>
    public bool IsInsurer(AccountIndex account)
    {
        if (Terms.Cover is not { } cover || _venue.Accounts[account] != cover.Insurer || _venue.Positions.Rows(account).Count > 0) return false;

        BalanceRows rows = _venue.Ledger.Rows(account);
        for (int i = 0; i < rows.Count; i++)
            if (rows.Purse(i) == Purse.Loan) return false;

        return true;
    }

    internal IEnumerable<KeyValuePair<(int Bearer, int Account), double>> ForAccounts => _forAccount;

    internal double InPeriod(int bearer) => PeriodRuns ? _inPeriod[bearer] : 0;

    internal double Raw(int bearer) => _inPeriod[bearer];

    /// <summary>Notes a draw; the first after a period has run out begins the next.</summary>
    internal void Drawn(int bearer, AccountIndex account, double worth)
    {
        if (!PeriodRuns)
        {
            PeriodStart = _venue.Now;
            Array.Clear(_inPeriod);
            _forAccount.Clear();
        }

        _inPeriod[bearer] += worth;
        _forAccount[(bearer, account.Value)] = _forAccount.GetValueOrDefault((bearer, account.Value)) + worth;
        Totals.Drawn[bearer] += worth;
    }

    internal void Restore(Instant? start, ReadOnlySpan<double> inPeriod, IEnumerable<KeyValuePair<(int, int), double>> forAccount)
    {
        PeriodStart = start;
        inPeriod.CopyTo(_inPeriod);
        foreach (((int, int) key, double given) in forAccount) _forAccount[key] = given;
    }

    internal static TimeSpan Hours(decimal hours) => TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour));

    private bool PeriodRuns => PeriodStart is { } start && _venue.Now < start + Hours(Terms.PeriodHours);
}
