using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// How far the promises of one issuer count. Whatever he issues counts nothing against positions that would lose by his
/// fall: what an owner's positions in the issuer's assets would lose if those became worthless is taken off it.
/// </summary>
/// <param name="Issuer">His name, as collateral lines give it.</param>
/// <param name="Cap">What all of his assets together count in one owner's hands at most, in the numeraire; none for no cap.</param>
/// <param name="VenueCap">Value of his assets in all customers' hands above which more counts nothing for opening; none for no cap.</param>
/// <param name="IsHouse">He is the venue itself: his token counts nothing, because every claim here is one on him.</param>
public sealed record IssuerTerms(string Issuer, decimal? Cap = null, decimal? VenueCap = null, bool IsHouse = false)
{
    internal void Check(string field)
    {
        if (!Identifier.IsValid(Issuer)) throw new InputException($"{field}.issuer", $"found '{Issuer}', expected 1 to 64 of A-Z a-z 0-9 . _ -");
        Ranges.Check($"{field}.cap", Cap ?? 0m, 0m, LeverageTerms.MaxNotional);
        if (VenueCap is { } most) Ranges.CheckAbove($"{field}.venueCap", most, 0m, LeverageTerms.MaxNotional);
    }

    internal IssuerTerms Canonical() => this with
    {
        Cap = Cap is { } cap ? Price.Canonical(cap) : null,
        VenueCap = VenueCap is { } most ? Price.Canonical(most) : null,
    };
}
