using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>One invented account at the opening: what it brings, what it borrows and what it trades.</summary>
internal sealed class Customer(AccountId account, CustomerKind? kind)
{
    /// <summary>Its name.</summary>
    public AccountId Account { get; } = account;

    /// <summary>What it does; none for market makers, the liquidity provider and the house’s own accounts.</summary>
    public CustomerKind? Kind { get; } = kind;

    /// <summary>What it brings, in whole coins.</summary>
    public List<(string Asset, decimal Amount)> Deposits { get; } = [];

    /// <summary>What of that it stakes in the mutual pool, in whole coins.</summary>
    public List<(string Asset, decimal Amount)> Stakes { get; } = [];

    /// <summary>What it borrows and takes away, in whole coins.</summary>
    public (string Asset, decimal Amount)? Loan { get; set; }

    /// <summary>What it buys (+) and sells (−), in the contract's own unit.</summary>
    public List<(Contract Contract, decimal Size)> Trades { get; } = [];
}
