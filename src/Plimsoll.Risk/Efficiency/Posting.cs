using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>Coins an owner has outside the venue and could post.</summary>
/// <param name="Asset">Which.</param>
/// <param name="Available">How many; none for as many as are needed.</param>
/// <param name="CostPerYear">What having them locked costs him, as a part of their value per year, at least 0.</param>
public sealed record PostingOffer(AssetIndex Asset, Amount? Available, double CostPerYear);

/// <summary>One account of the owner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Book">What it holds.</param>
public sealed record PostingAccount(string Name, WhatIfBook Book);

/// <summary>What is to be reached at the least cost.</summary>
public sealed record PostingProblem
{
    /// <summary>The most accounts of one owner.</summary>
    public const int MaxAccounts = 32;

    /// <summary>The most assets offered.</summary>
    public const int MaxOffers = 24;

    /// <summary>The owner's accounts: collateral may move between them.</summary>
    public required IReadOnlyList<PostingAccount> Accounts { get; init; }

    /// <summary>What may be posted, each asset once; what accounts hold of other assets stays where it is.</summary>
    public required IReadOnlyList<PostingOffer> Offers { get; init; }

    /// <summary>The line that health is wanted at.</summary>
    public MarginLine Line { get; init; } = MarginLine.Initial;

    /// <summary>The health wanted there in every account, in the numeraire.</summary>
    public double Need { get; init; }

    /// <summary>Whether collateral may move between the accounts.</summary>
    public bool MayMove { get; init; } = true;

    /// <summary>Whether dear collateral may be taken out where cheaper takes its place.</summary>
    public bool MayRelease { get; init; }
}

/// <summary>Coins put into, or taken out of, one account.</summary>
/// <param name="Account">Place of the account in the problem.</param>
/// <param name="Asset">Which coin.</param>
/// <param name="Amount">How many, + into the account.</param>
public sealed record PostingMove(int Account, AssetIndex Asset, Amount Amount);

/// <summary>Coins that come from, or go back to, the owner.</summary>
/// <param name="Asset">Which coin.</param>
/// <param name="Amount">How many, + posted.</param>
/// <param name="Value">Their worth, in the numeraire.</param>
/// <param name="CostPerYear">What having them locked costs per year; negative where they are released.</param>
public sealed record PostedCoins(AssetIndex Asset, Amount Amount, double Value, double CostPerYear);

/// <summary>What to post where.</summary>
/// <param name="Moves">By account and asset.</param>
/// <param name="Posted">By asset.</param>
/// <param name="Before">The verdict on each account as it stands.</param>
/// <param name="After">The judge's verdict on each account afterwards.</param>
/// <param name="Short">What is still missing of the health wanted, by account: 0 where it is reached.</param>
public sealed record PostingPlan(
    IReadOnlyList<PostingMove> Moves, IReadOnlyList<PostedCoins> Posted, IReadOnlyList<Verdict> Before, IReadOnlyList<Verdict> After, IReadOnlyList<double> Short)
{
    /// <summary>Whether the judge says that every account has the health wanted.</summary>
    public bool IsReached => Short.All(missing => missing == 0);

    /// <summary>What it costs per year, in the numeraire.</summary>
    public double CostPerYear => Posted.Sum(p => p.CostPerYear);
}
