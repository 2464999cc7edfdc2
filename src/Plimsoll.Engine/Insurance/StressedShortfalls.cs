using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// What every owner would owe beyond all he has, in every scenario of the rulebook, and what the engine's own inventory would
/// lose: sized to what is unrealised, before anything is sold.
/// </summary>
/// <param name="Scenarios">Names of the scenarios.</param>
/// <param name="Shortfalls">Of each scenario, every owner's shortfall in the numeraire, not below 0; an owner's accounts stand apart.</param>
/// <param name="Inventory">Of each scenario, what the liquidity provider's positions lose from today's marks, not below 0.</param>
/// <param name="InventoryNow">What his positions have lost already and not realised, not below 0.</param>
public sealed record StressedShortfalls(IReadOnlyList<string> Scenarios, IReadOnlyList<double[]> Shortfalls, double[] Inventory, double InventoryNow)
{
    /// <summary>Asks a venue; changes nothing.</summary>
    /// <param name="venue">The venue, judged.</param>
    /// <param name="severity">Each scenario's gains and losses × this; 1 as the rulebook has them.</param>
    /// <exception cref="InputException">No parameters have been set yet.</exception>
    public static StressedShortfalls Of(VenueState venue, double severity = 1)
    {
        if (venue.Judgement.Model is not { } model || venue.Judgement.Responses is not { } responses)
            throw new InputException("venue", "no risk parameters have been set yet");

        int scenarios = model.ScenarioCount;
        double[][] shortfalls = new double[scenarios][];
        for (int s = 0; s < scenarios; s++) shortfalls[s] = new double[venue.Accounts.Count];
        double[] inventory = new double[scenarios];
        double[] gains = new double[scenarios];
        double now = 0;
        for (int a = 0; a < venue.Accounts.Count; a++)
        {
            var account = new AccountIndex(a);
            Array.Clear(gains);
            Add(gains, venue.Judgement.Positions.Columns(a), venue.Judgement.Positions.Values(a), responses.Instruments);
            if (venue.Accounts[account] == Consequences.Provider)
            {
                for (int s = 0; s < scenarios; s++) inventory[s] = Math.Max(0, -severity * gains[s]);
                for (int i = 0; i < venue.Positions.Rows(account).Count; i++) now += UnrealisedProfit.Of(venue, account, venue.Positions.Rows(account)[i]);

                continue;
            }

            Add(gains, venue.Judgement.Money.Columns(a), venue.Judgement.Money.Values(a), responses.Assets);
            double equity = venue.Judgement.Of(account).Equity;
            int owner = venue.Classes.RootOf(account).Value;
            for (int s = 0; s < scenarios; s++) shortfalls[s][owner] += Math.Max(0, -(equity + (severity * gains[s])));
        }

        return new StressedShortfalls([.. model.Parameters.Grids[0].Scenarios.Select(s => s.Id)], shortfalls, inventory, Math.Max(0, -now));
    }

    private static void Add(Span<double> gains, ReadOnlySpan<int> columns, ReadOnlySpan<double> values, ResponseMatrix responses)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            ReadOnlySpan<double> row = responses.Row(columns[i]);
            for (int s = 0; s < gains.Length; s++) gains[s] += values[i] * row[s];
        }
    }
}
