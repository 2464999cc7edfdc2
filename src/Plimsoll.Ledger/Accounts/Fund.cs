namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// A balance of the venue itself. Places where the venue holds coins carry negative balances, since every asset sums to
/// zero over all holders; what the venue owes or has earned is positive. Journaled: numbers are append-only.
/// </summary>
public enum Fund : byte
{
    /// <summary>Coins in hot wallets: paid out at once.</summary>
    Hot = 1,

    /// <summary>Coins in cold storage.</summary>
    Cold = 2,

    /// <summary>Coins staked: back after an unbonding queue.</summary>
    Staked = 3,

    /// <summary>Coins lent to others: back at a term or on call.</summary>
    Lent = 4,

    /// <summary>Money at banks: moves in banking hours.</summary>
    Bank = 5,

    /// <summary>What pays for the losses of bankrupt accounts: the first layer of insurance, funded by penalties and fees.</summary>
    InsuranceFund = 16,

    /// <summary>Fees earned.</summary>
    Fees = 17,

    /// <summary>Interest earned on loans, less what was passed on.</summary>
    Interest = 18,

    /// <summary>The venue's own capital.</summary>
    OwnFunds = 19,

    /// <summary>What arrived or left and is not yet explained.</summary>
    Suspense = 20,

    /// <summary>What rounding left.</summary>
    Rounding = 21,

    /// <summary>The other side of realised profit and loss; with the carried position costs of its asset it sums to zero.</summary>
    Clearing = 22,

    /// <summary>The venue's own capital set aside to lose first: the second layer of insurance.</summary>
    FirstLoss = 24,

    /// <summary>What customers staked to cover losses, with what the pool earned and less what it paid: the third layer of insurance. Shares of it say whose it is.</summary>
    MutualPool = 25,
}

/// <summary>The funds there are.</summary>
public static class Funds
{
    /// <summary>Every fund, in the order of their numbers.</summary>
    public static ReadOnlySpan<Fund> All =>
    [
        Fund.Hot, Fund.Cold, Fund.Staked, Fund.Lent, Fund.Bank,
        Fund.InsuranceFund, Fund.Fees, Fund.Interest, Fund.OwnFunds, Fund.Suspense, Fund.Rounding, Fund.Clearing,
        Fund.FirstLoss, Fund.MutualPool,
    ];

    /// <summary>The places where the venue holds what it owes.</summary>
    public static ReadOnlySpan<Fund> Places => All[..5];

    /// <summary>One above the highest number of a fund.</summary>
    public const int Width = (int)Fund.MutualPool + 1;

    /// <summary>Whether the number names a fund.</summary>
    public static bool Exists(Fund fund) => fund is (>= Fund.Hot and <= Fund.Bank) or (>= Fund.InsuranceFund and <= Fund.Clearing) or Fund.FirstLoss or Fund.MutualPool;

    /// <summary>What a fund is for.</summary>
    extension(Fund fund)
    {
        /// <summary>Whether it is a place where the venue holds assets.</summary>
        public bool IsPlace => fund is >= Fund.Hot and <= Fund.Bank;

        /// <summary>Whether it is capital of the venue or of one of its funds, which may be moved.</summary>
        public bool IsCapital => fund is Fund.InsuranceFund or Fund.Fees or Fund.Interest or Fund.OwnFunds or Fund.FirstLoss;

        /// <summary>Whether it pays for the losses of bankrupt accounts; it never owes anybody.</summary>
        public bool IsInsurance => fund is Fund.InsuranceFund or Fund.FirstLoss or Fund.MutualPool;
    }
}
