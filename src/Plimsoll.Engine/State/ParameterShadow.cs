using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What another set of parameters would do to the venue as it stands; changes nothing.</summary>
public static class ParameterShadow
{
    /// <summary>Who would be called, liquidated, restricted or let go.</summary>
    /// <param name="venue">The venue, which must have parameters.</param>
    /// <param name="proposed">The other set.</param>
    /// <param name="shift">What the market does first.</param>
    /// <param name="most">The most accounts to list, those most harmed.</param>
    /// <exception cref="InputException">No parameters have been set yet, or a set breaks a law.</exception>
    public static ShadowReport Of(VenueState venue, RiskParameters proposed, MarketShift? shift = null, int most = int.MaxValue) =>
        venue.Parameters is { } inForce
            ? BookOf(venue).Run(inForce, proposed, shift, most)
            : throw new InputException("venue", "no risk parameters have been set yet");

    /// <summary>The venue's books as a shadow run reads them; they are the venue's own and must not be kept.</summary>
    public static ShadowBook BookOf(VenueState venue) =>
        new(venue.Catalog, venue.Market, venue.Judgement.Positions, venue.Judgement.Money)
        {
            TermsBy = model => TermsUnder(venue, model),
            CrowdBy = rules => ReferenceEquals(rules, venue.Parameters) ? (venue.Crowd.Sizes, venue.Crowd.Prices.ToArray()) : venue.Crowd.Under(venue, rules),
            Never = venue.Accounts.TryFind(Consequences.Provider, out AccountIndex provider) ? provider : null,
            Threads = venue.Judgement.Threads,
        };

    // What positions in thin markets cost is noted only for the rulebook in force: another may call other markets thin.
    private static AccountTerms TermsUnder(VenueState venue, MarginModel model)
    {
        AccountTerms now = venue.Judgement.Terms;
        if (!model.HasThinProfits) return now;

        var terms = new AccountTerms();
        var rows = new AccountRowsOf(venue);
        terms.Costs.EnsureRows(venue.Accounts.Count);
        foreach ((AccountIndex account, MarginMode mode) in venue.Modes.Others) terms.SetMode(account.Value, mode);
        for (int account = 0; account < venue.Accounts.Count; account++)
        {
            ReadOnlySpan<int> family = now.FamilyOf(account);
            if (family.Length > 0 && family[0] == account) terms.SetFamily(family);
            rows.WriteCosts(new AccountIndex(account), terms.Costs, model);
            terms.CostsChanged(account);
        }

        return terms;
    }

    /// <summary>How many accounts the set would liquidate now that are not under water; before the first set, none.</summary>
    internal static int Liquidations(VenueState venue, RiskParameters proposed)
    {
        if (venue.Parameters is null) return 0;

        ShadowBook book = BookOf(venue);

        return ShadowRun.Liquidated(venue.Judgement.Verdicts, book.Judged(proposed), book.Never);
    }
}
