using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;

namespace Plimsoll.Risk.Margin;

/// <summary>The pinned columns of one sparse book.</summary>
internal readonly unsafe struct BookColumns(int* starts, int* counts, int* columns, double* quantities, int entries)
{
    /// <summary>Place of an account's first entry.</summary>
    public readonly int* Starts = starts;

    /// <summary>Entries of an account.</summary>
    public readonly int* Counts = counts;

    /// <summary>Instruments or assets, ascending within an account.</summary>
    public readonly int* Columns = columns;

    /// <summary>A signed quantity for each.</summary>
    public readonly double* Quantities = quantities;

    /// <summary>How many entries there is room for: behind them nothing may be read.</summary>
    public readonly int Entries = entries;
}

/// <summary>What one run of the kernel reads.</summary>
internal readonly record struct Books(SparseRows Positions, SparseRows Money, ResponseSet Responses, MarginModel Model, AccountTerms? Terms = null)
{
    /// <summary>Whether an account cannot be judged by what it holds alone.</summary>
    public bool IsApart(int account) => (Terms is not null && Terms.IsApart(account)) || (Model.Pledges is not null && MayOwe(account));

    /// <summary>Whether an account owes something, or may through its positions.</summary>
    private bool MayOwe(int account) =>
        Positions.Columns(account).Length > 0 || Money.Values(account).ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon);

    /// <summary>What an account holds, and what else the judge must know of it.</summary>
    public Holdings Of(int account) => Terms is null ? Bare(account) : Beside(account, Terms, OthersHoldings.Of(account, this));

    /// <summary>The same with what its owner has beside it; nothing where it is his only one.</summary>
    public Holdings Of(int account, OthersHoldings? others) => Terms is null ? Bare(account) : Beside(account, Terms, others);

    /// <summary>The same as if its owner had no other account.</summary>
    public Holdings Alone(int account) => Of(account, null);

    private Holdings Bare(int account) => new(Positions.Columns(account), Positions.Values(account), Money.Columns(account), Money.Values(account));

    private Holdings Beside(int account, AccountTerms terms, OthersHoldings? others) => new(Positions.Columns(account), Positions.Values(account), Money.Columns(account), Money.Values(account))
    {
        Mode = terms.ModeOf(account),
        Others = others,
        CostsOf = account < terms.Costs.Rows ? terms.Costs.Columns(account) : [],
        Costs = account < terms.Costs.Rows ? terms.Costs.Values(account) : [],
    };
}
