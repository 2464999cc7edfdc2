using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Dydx;

/// <summary>A subaccount on the other side of one perpetual.</summary>
/// <param name="Size">Signed size.</param>
/// <param name="Quote">USDC, signed.</param>
public readonly record struct OtherSide(decimal Size, decimal Quote);

/// <summary>What became of one of the other side.</summary>
/// <param name="Fill">Coins closed against it, without sign; 0 where it was passed over.</param>
/// <param name="Quote">Its USDC afterwards.</param>
public readonly record struct Offset(decimal Fill, decimal Quote);

/// <summary>A position offset against others.</summary>
/// <param name="Offsets">One for each subaccount asked, in their order.</param>
/// <param name="Remaining">Coins nobody could take.</param>
public sealed record Deleveraged(ImmutableArray<Offset> Offsets, decimal Remaining);

/// <summary>
/// Closes a position against those on the other side at its bankruptcy price, in the order given: the chain ranks nobody.
/// Whoever would be left with less than nothing is passed over, because the two bankruptcy prices do not overlap. Source:
/// dYdX v4-chain, <c>x/clob/keeper/deleveraging.go</c>, <c>OffsetSubaccountPerpetualPosition</c>.
/// </summary>
public static class Deleveraging
{
    /// <summary>Offsets the whole of a position as far as the others go.</summary>
    /// <param name="bankrupt">Who is deleveraged.</param>
    /// <param name="perpetual">Which position.</param>
    /// <param name="others">Whom to ask, in order.</param>
    /// <exception cref="InputException">The subaccount has no such position.</exception>
    public static Deleveraged Offset(Subaccount bankrupt, string perpetual, IEnumerable<OtherSide> others)
    {
        SubaccountPosition held = bankrupt.Held(perpetual);
        int closing = held.Size < 0 ? 1 : -1;
        decimal remaining = Math.Abs(held.Size);
        var offsets = ImmutableArray.CreateBuilder<Offset>();
        foreach (OtherSide other in others)
        {
            decimal fill = Math.Sign(other.Size) == closing ? Math.Min(Math.Abs(other.Size), remaining) : 0;
            decimal quote = fill == 0 ? other.Quote : other.Quote - bankrupt.BankruptcyQuote(perpetual, closing * fill);
            if (quote + ((other.Size - (closing * fill)) * held.Price) < 0) (fill, quote) = (0, other.Quote);

            offsets.Add(new Offset(fill, quote));
            remaining -= fill;
        }

        return new Deleveraged(offsets.ToImmutable(), remaining);
    }
}
