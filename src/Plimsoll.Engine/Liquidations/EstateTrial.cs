using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <content>What an account would be judged to be after a part of another changed hands.</content>
public sealed partial class PreTrade
{
    /// <summary>The worst verdict on an account that has taken a part of another.</summary>
    /// <param name="taker">Who takes it.</param>
    /// <param name="estate">What he takes.</param>
    /// <param name="paidIn">What he pays in.</param>
    /// <param name="paid">What he pays.</param>
    internal Verdict WithEstate(AccountIndex taker, EstatePart estate, AssetIndex paidIn = default, Amount paid = default)
    {
        var hypothesis = new Hypothesis(this, taker);
        hypothesis.Take(estate, 1);
        if (!paid.IsZero) hypothesis.Credit(paidIn, -paid);

        return hypothesis.Worst();
    }

    /// <summary>The verdict on an account, its orders taken back, that has given a part of itself away.</summary>
    /// <inheritdoc cref="WithEstate"/>
    internal Verdict WithoutEstate(AccountIndex giver, EstatePart estate, AssetIndex paidIn = default, Amount paid = default)
    {
        var hypothesis = new Hypothesis(this, giver);
        hypothesis.Take(estate, -1);
        if (!paid.IsZero) hypothesis.Credit(paidIn, paid);

        return hypothesis.Alone();
    }

    private readonly partial struct Hypothesis
    {
        /// <summary>Takes a part of an account, or gives it where the side is −1.</summary>
        public void Take(EstatePart estate, int side)
        {
            foreach (EstatePosition position in estate.Positions)
                Take(Venue.Instrument(position.Instrument), new Lots(-side * position.Change.Count), new Amount(-side * position.Value.Units));
            foreach (EstateCoins coin in estate.Coins) Credit(Venue.Asset(coin.Asset), new Amount(side * coin.Amount.Units));
        }
    }
}
