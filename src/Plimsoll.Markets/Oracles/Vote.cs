namespace Plimsoll.Markets.Oracles;

/// <summary>One of the three votes of a source.</summary>
/// <param name="Price">For what.</param>
/// <param name="Weight">With what weight.</param>
internal readonly record struct Vote(double Price, double Weight)
{
    /// <summary>Puts a vote in its place among those before it, by price and then by weight; few come, and mostly in order.</summary>
    public static void Insert(Span<Vote> votes, int count, in Vote vote)
    {
        int at = count;
        while (at > 0 && IsBefore(vote, votes[at - 1]))
        {
            votes[at] = votes[at - 1];
            at--;
        }

        votes[at] = vote;
    }

    /// <summary>The vote at which so much of the weight is reached; halfway to the next where it is reached exactly.</summary>
    public static double At(ReadOnlySpan<Vote> votes, double part)
    {
        double total = 0;
        foreach (Vote vote in votes) total += vote.Weight;
        double sum = 0;
        for (int i = 0; i < votes.Length; i++)
        {
            sum += votes[i].Weight;
            if (sum > part * total) return votes[i].Price;
            if (sum == part * total && i + 1 < votes.Length) return 0.5 * (votes[i].Price + votes[i + 1].Price);
        }

        return votes[^1].Price;
    }

    private static bool IsBefore(in Vote one, in Vote other) => one.Price < other.Price || (one.Price == other.Price && one.Weight < other.Weight);
}
