using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Numerics;
using Plimsoll.Simulation.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>
/// Customers who take their money out as prices fall. A runner has a nerve, a fall from the highest price so far between a tenth and six
/// tenths, drawn evenly; once the venue's first asset has fallen so far he asks for his money, up to twelve hours later.
/// Who holds no position asks for all he brought, who does for a quarter; the venue's margin decides what he gets. Who stakes in the
/// mutual pool asks for that back as well, and waits for its cooldown like everybody.
/// </summary>
internal sealed class WithdrawalRun
{
    private const double FirstNerve = 0.1;
    private const double LastNerve = 0.6;
    private const int DelayHours = 12;
    private const ulong StreamName = 0x52554E; // "RUN"
    private readonly List<(Customer Customer, double Nerve, int Delay)> runners = [];
    private readonly int[] runAt;
    private decimal highest;
    private int hour;

    public WithdrawalRun(VenueGenerator venue, double part, ulong seed)
    {
        SeededStream chance = new SeededStream(seed).Split(StreamName);
        for (int i = 0; i < venue.Customers.Count; i++)
        {
            SeededStream own = chance.Split((ulong)i);
            bool runs = own.NextDouble() < part;
            double nerve = FirstNerve + ((LastNerve - FirstNerve) * own.NextDouble());
            int delay = own.NextInt(DelayHours + 1);
            if (runs && venue.Customers[i].Kind != CustomerKind.Miner) runners.Add((venue.Customers[i], nerve, delay));
        }

        runAt = new int[runners.Count];
        Array.Fill(runAt, int.MaxValue);
    }

    /// <summary>Who asks in this hour.</summary>
    /// <param name="price">Of the venue's first asset.</param>
    /// <param name="now">The venue's time.</param>
    public IEnumerable<Envelope> NextHour(decimal price, Instant now)
    {
        hour++;
        highest = Math.Max(highest, price);
        double fall = 1 - (double)(price / highest);
        for (int i = 0; i < runners.Count; i++)
        {
            if (runAt[i] == int.MaxValue && fall >= runners[i].Nerve) runAt[i] = hour + runners[i].Delay;
            if (runAt[i] != hour) continue;

            foreach (Envelope ask in Ask(runners[i].Customer, now)) yield return ask;
        }
    }

    private static IEnumerable<Envelope> Ask(Customer customer, Instant now)
    {
        foreach ((string asset, _) in customer.Stakes)
            yield return new Envelope(now, customer.Account, new CommandId($"unstake-{asset}"), new RequestUnstake(customer.Account, new AssetId(asset)));

        decimal part = customer.Trades.Count == 0 && customer.Loan is null ? 1m : 0.25m;
        foreach ((string asset, decimal brought) in customer.Deposits)
        {
            decimal free = brought - customer.Stakes.Where(stake => stake.Asset == asset).Sum(stake => stake.Amount);
            decimal amount = part == 1 ? free : Math.Round(brought * part, Decimals(brought), MidpointRounding.ToZero);
            if (amount <= 0) continue;

            string text = Price.Canonical(amount).ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return new Envelope(now, customer.Account, new CommandId($"run-{asset}"), new Withdraw(customer.Account, new AssetId(asset), text));
        }
    }

    /// <summary>As many decimals as the deposit had, so that the amount is one the asset knows.</summary>
    private static int Decimals(decimal amount) => amount.Scale;
}
