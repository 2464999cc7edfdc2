using Plimsoll.Ledger.Accounts;

namespace Plimsoll.Server.Projections;

/// <summary>What the page calls a fund or a place.</summary>
internal static class FundName
{
    public static string Of(Fund fund) => fund switch
    {
        Fund.Hot => "hot",
        Fund.Cold => "cold",
        Fund.Staked => "staked",
        Fund.Lent => "lent",
        Fund.Bank => "bank",
        Fund.InsuranceFund => "the insurance fund",
        Fund.Fees => "fees",
        Fund.Interest => "interest",
        Fund.OwnFunds => "own funds",
        Fund.Suspense => "suspense",
        Fund.Rounding => "rounding",
        Fund.FirstLoss => "the first-loss vault",
        Fund.MutualPool => "the mutual pool",
        _ => "clearing",
    };
}
