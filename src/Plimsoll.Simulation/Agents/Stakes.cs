using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>Lets customers stake in the mutual pool of cover, where the rulebook has one: those who hold no position and owe nothing, so that no margin stands on what they stake.</summary>
internal sealed class Stakes(VenueFile file, RiskParameters parameters)
{
    private const int Decimals = 2;

    /// <summary>Notes with each customer what he stakes, in hundredths of a coin at most.</summary>
    public void Choose(IEnumerable<Customer> customers)
    {
        StakeEntry[] taken = [.. file.Stakes.Where(stake => parameters.Insurance.Pool is { } pool && pool.Assets.Contains(new AssetId(stake.Asset)))];
        if (taken.Length == 0) return;

        foreach (Customer customer in customers)
        {
            if (customer.Kind is not { } kind || customer.Trades.Count > 0 || customer.Loan is not null) continue;

            foreach (StakeEntry stake in taken.Where(stake => Words.Of<CustomerKind>(stake.Kind) == kind))
            {
                decimal brought = customer.Deposits.Where(deposit => deposit.Asset == stake.Asset).Sum(deposit => deposit.Amount);
                decimal amount = Math.Round(brought * stake.Part, Math.Min(Decimals, file.Assets.First(asset => asset.Asset == stake.Asset).Decimals), MidpointRounding.ToZero);
                if (amount > 0) customer.Stakes.Add((stake.Asset, amount));
            }
        }
    }
}
