namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>A token and what the account holds of it.</summary>
/// <param name="Balance">Signed balance in coins.</param>
/// <param name="Price">Price in the numeraire: of a liability the higher, of an asset the lower of oracle and stable price.</param>
/// <param name="Weights">Weights of the health asked for, before the venue's own size counts.</param>
public readonly record struct TokenHealth(double Balance, double Price, SignedWeights Weights)
{
    /// <summary>The venue's deposits of the token, in coins.</summary>
    public double Deposits { get; init; }

    /// <summary>What open spot orders across the venue may still add to deposits, in coins.</summary>
    public double PotentialDeposits { get; init; }

    /// <summary>The venue's borrows of the token, in coins.</summary>
    public double Borrows { get; init; }

    /// <summary>Value of deposits above which the asset weight falls in proportion, in the numeraire; 0 for never.</summary>
    public double DepositScaleStart { get; init; }

    /// <summary>Value of borrows above which the liability weight grows in proportion, in the numeraire; 0 for never.</summary>
    public double BorrowScaleStart { get; init; }

    /// <summary>The weights after the venue's own size: asset × start ÷ deposits, liability × borrows ÷ start.</summary>
    public SignedWeights Scaled
    {
        get
        {
            double deposited = (Deposits + PotentialDeposits) * Price;
            double borrowed = Borrows * Price;

            return new SignedWeights(
                DepositScaleStart > 0 && deposited > DepositScaleStart ? Weights.Asset * (DepositScaleStart / deposited) : Weights.Asset,
                BorrowScaleStart > 0 && borrowed > BorrowScaleStart ? Weights.Liability * (borrowed / BorrowScaleStart) : Weights.Liability);
        }
    }
}

/// <summary>A perpetual position with its open orders.</summary>
/// <param name="SettleToken">Place of the token it settles in.</param>
/// <param name="LotSize">Coins per lot.</param>
/// <param name="Price">Oracle price in the settle token.</param>
/// <param name="BaseLots">Signed lots held.</param>
/// <param name="Quote">Signed quote position in the settle token.</param>
/// <param name="BidLots">Lots of resting bids.</param>
/// <param name="AskLots">Lots of resting asks.</param>
/// <param name="Weights">Weights of the base.</param>
/// <param name="OverallAssetWeight">Weight of unsettled profit; 0 for a market that is not trusted.</param>
public readonly record struct PerpHealth(
    int SettleToken, double LotSize, double Price, double BaseLots, double Quote, double BidLots, double AskLots, SignedWeights Weights, double OverallAssetWeight)
{
    /// <summary>What the position adds to the settle token, in its coins: the worse of all bids filled and all asks filled, at the oracle price.</summary>
    public double Contribution
    {
        get
        {
            double unweighted = Quote + Math.Min(Filled(BidLots), Filled(-AskLots));

            return unweighted > 0 ? unweighted * OverallAssetWeight : unweighted;
        }
    }

    private double Filled(double lots) => Weights.Weigh((BaseLots + lots) * LotSize) * Price - (lots * LotSize * Price);
}

/// <summary>What an account has reserved in one spot market.</summary>
/// <param name="Base">Place of the base token.</param>
/// <param name="Quote">Place of the quote token.</param>
/// <param name="ReservedBase">Base coins behind resting asks.</param>
/// <param name="ReservedQuote">Quote coins behind resting bids.</param>
public readonly record struct SpotOrders(int Base, int Quote, double ReservedBase, double ReservedQuote)
{
    /// <summary>Base per quote coin at the account's highest bid, where it is known: bids bring no more than that.</summary>
    public double? HighestBidInverse { get; init; }

    /// <summary>Quote per base coin at the account's lowest ask, where it is known: asks bring no more than that.</summary>
    public double? LowestAsk { get; init; }
}
