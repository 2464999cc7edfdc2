using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Judges accounts: positions × responses, and the parts that are not linear per account.
/// </summary>
/// <remarks>
/// <para>Inputs: positions (accounts × instruments, in the instrument's own unit) and money (accounts × assets, whole
/// coins: cash + loan − cost carried by positions).</para>
/// <para>The algorithm, the same for one account and for a million:</para>
/// <para>(1) net coins of each asset = money + Σ quantity × unit value of what settles in it, positions in ascending
/// order; (2) counted = net less haircut where net is owned, net itself where it is owed; (3) equity and counted in the
/// numeraire, assets in ascending order; (4) gain in each scenario = Σ quantity × row + Σ counted coins × row, products
/// rounded before they are added, positions first; (5) loss of the worst scenario; (6) the three requirements.</para>
/// <para>Each lane of the vector kernel does what the scalar one does, so verdicts have the same bits on every
/// instruction set and for every number of threads.</para>
/// </remarks>
public static class Judge
{
    /// <summary>The verdict on one account, by plain loops.</summary>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static Verdict Account(int account, SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms? terms = null)
    {
        MustKnow(positions, money, model);

        return Plain(account, new Books(positions, money, responses, model, terms));
    }

    /// <summary>The verdicts on a list of accounts.</summary>
    /// <param name="accounts">Which accounts, in any order.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="verdicts">Receives a verdict for each place of the list.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the verdicts.</param>
    /// <param name="terms">What must be known of accounts beside what they hold; leave out where there is nothing.</param>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static void Accounts(
        ReadOnlySpan<int> accounts,
        SparseRows positions,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        Span<Verdict> verdicts,
        int threads = 1,
        AccountTerms? terms = null)
    {
        MustKnow(positions, money, model);
        JudgeKernel.Judge(accounts, accounts.Length, new Books(positions, money, responses, model, terms), verdicts, byAccount: false, near: [], threads);
    }

    /// <summary>The verdicts on some accounts, each put in the account's own place.</summary>
    /// <param name="accounts">Which accounts, each once.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="verdicts">One place for each account of the books; those not named keep what they have.</param>
    /// <param name="near">Receives a bit for each place of the list: <see cref="Verdict.IsNear"/> by the model's call line.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the verdicts.</param>
    /// <param name="terms">What must be known of accounts beside what they hold; leave out where there is nothing.</param>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static void InPlace(
        ReadOnlySpan<int> accounts,
        SparseRows positions,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        Span<Verdict> verdicts,
        Span<ulong> near,
        int threads = 1,
        AccountTerms? terms = null)
    {
        MustKnow(positions, money, model);
        JudgeKernel.Judge(accounts, accounts.Length, new Books(positions, money, responses, model, terms), verdicts, byAccount: true, near, threads);
    }

    /// <summary>The verdicts on every account of the books, by place.</summary>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="verdicts">Receives a verdict for each account.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the verdicts.</param>
    /// <param name="near">Receives a bit for each account: <see cref="Verdict.IsNear"/> by the model's call line; leave out if not needed.</param>
    /// <param name="terms">What must be known of accounts beside what they hold; leave out where there is nothing.</param>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static void All(
        SparseRows positions,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        Span<Verdict> verdicts,
        int threads = 1,
        Span<ulong> near = default,
        AccountTerms? terms = null)
    {
        MustKnow(positions, money, model);
        Law.Holds(positions.Rows == money.Rows, "positions and money have one row for each account");
        JudgeKernel.Judge([], positions.Rows, new Books(positions, money, responses, model, terms), verdicts, byAccount: false, near, threads);
    }

    /// <summary>How the verdict on one account came about; its parts sum to it exactly, in the same order.</summary>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static Explanation Explain(int account, SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms? terms = null)
    {
        MustKnow(positions, money, model);

        return Explanation.Of(
            new Books(positions, money, responses, model, terms).Of(account),
            PricedColumns.Of(responses),
            model);
    }

    /// <summary>What an account's owner has in his other accounts; none where it is his only one.</summary>
    public static OthersHoldings? OthersOf(int account, SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms terms) =>
        OthersHoldings.Of(account, new Books(positions, money, responses, model, terms));

    /// <summary>The verdict on an account that need not exist, of an owner who has others.</summary>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static Verdict Beside(
        OthersHoldings? others, int account, SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms terms)
    {
        MustKnow(positions, money, model);

        return Portfolio(new Books(positions, money, responses, model, terms).Of(account, others), PricedColumns.Of(responses), model);
    }

    internal static Verdict Plain(int account, in Books books) => Portfolio(books.Of(account), PricedColumns.Of(books.Responses), books.Model);

    /// <summary>The verdict on a portfolio that need not exist: what-if and liquidation plans ask through the same code.</summary>
    internal static Verdict Portfolio(in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        Span<int> assets = stackalloc int[AccountSums.Room(holdings)];
        Span<double> coins = stackalloc double[assets.Length];
        var sums = new AccountSums(assets, coins);
        sums.Take(holdings, priced, model);

        Span<double> gains = stackalloc double[ScenarioGrid.MaxScenarios];
        Gains(holdings, assets[..sums.Count], coins, priced, gains);
        if (holdings.Mode != MarginMode.Portfolio || !model.Table.IsNeutral)
        {
            var requirement = new Requirement(holdings, assets[..sums.Count], coins, priced, model);

            return Indebted(
                Opening(model.VerdictOn(sums.Equity, sums.Counted, sums.Notional, requirement.Of(gains, sums.Notional)), sums.Crowding),
                holdings, assets[..sums.Count], coins, priced, model);
        }

        int at = 0;
        for (int k = 1; k < gains.Length; k++)
            if (gains[k] < gains[at]) at = k;

        return Indebted(Opening(model.Verdict(sums.Equity, sums.Counted, gains[at], at, sums.Notional), sums.Crowding), holdings, assets[..sums.Count], coins, priced, model);
    }

    /// <summary>Step 4: positions first, then the counted coins.</summary>
    internal static void Gains(
        in Holdings holdings, ReadOnlySpan<int> assets, ReadOnlySpan<double> counted, in PricedColumns priced, Span<double> gains)
    {
        gains.Clear();
        for (int p = 0; p < holdings.Instruments.Length; p++) Add(holdings.Quantities[p], priced.Instrument(holdings.Instruments[p]), gains);
        for (int a = 0; a < assets.Length; a++) Add(counted[a], priced.Asset(assets[a]), gains);
    }

    /// <summary>What the venue holds too much of counts less for opening, and for nothing else: crowding is no loss, and liquidates nobody.</summary>
    private static Verdict Opening(in Verdict verdict, double crowding) =>
        crowding > 0 ? verdict with { InitialHealth = verdict.InitialHealth - crowding } : verdict;

    /// <summary>What debts ask beyond haircuts, where the rulebook says how far collateral carries them.</summary>
    private static Verdict Indebted(
        in Verdict verdict, in Holdings holdings, ReadOnlySpan<int> assets, ReadOnlySpan<double> counted, in PricedColumns priced, MarginModel model)
    {
        if (model.Pledges is null) return verdict;

        LineFigures asked = DebtsOf(holdings, assets, counted, priced, model);

        return verdict with
        {
            InitialHealth = verdict.InitialHealth - asked.Initial,
            TargetHealth = verdict.TargetHealth - asked.Target,
            MaintenanceHealth = verdict.MaintenanceHealth - asked.Maintenance,
        };
    }

    /// <summary>What an account's debts ask at each line; nothing where the rulebook does not say how far collateral carries them.</summary>
    internal static LineFigures DebtsOf(
        in Holdings holdings, ReadOnlySpan<int> assets, ReadOnlySpan<double> counted, in PricedColumns priced, MarginModel model)
    {
        if (model.Pledges is not { } pledges) return default;

        // The counted coins stand where the net ones were: they are taken once more.
        Span<int> again = new int[AccountSums.Room(holdings)];
        Span<double> net = new double[again.Length];
        var sums = new AccountSums(again, net);
        sums.TakeNet(holdings, priced);

        return pledges.Asked(assets, net[..sums.Count], counted[..sums.Count], priced);
    }

    internal static void Add(double quantity, ReadOnlySpan<double> row, Span<double> gains)
    {
        for (int k = 0; k < gains.Length; k++) gains[k] += quantity * row[k];
    }

    internal static void MustKnow(SparseRows positions, SparseRows money, MarginModel model) => Law.Holds(
        positions.ColumnBound <= model.InstrumentCount && money.ColumnBound <= model.AssetCount,
        "the margin model knows every instrument and asset in the books");
}
