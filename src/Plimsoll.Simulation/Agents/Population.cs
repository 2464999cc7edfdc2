using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Draws the venue's customers. Customer i has a stream of chance of his own, so that he is the same whoever else there is.
/// </summary>
internal sealed class Population
{
    private const double RoomUsed = 0.95;
    private const double MinDeposit = 20;
    private const double MaxDeposit = 500_000_000;
    private readonly VenueFile file;
    private readonly Listing listing;
    private readonly MarginRoom room;
    private readonly SeededStream chance;
    private readonly Contract[] chosen;

    public Population(VenueFile file, Listing listing, MarginRoom room, SeededStream chance)
    {
        this.file = file;
        this.listing = listing;
        this.room = room;
        this.chance = chance;
        chosen = [.. listing.Contracts.Where(contract => contract.Entry.Weight > 0 && contract.Name.Kind != Markets.Instruments.InstrumentKind.Spot)];
    }

    /// <summary>All customers, kind by kind in the file's order; what rounding leaves over goes to the first kind.</summary>
    /// <param name="count">How many.</param>
    public List<Customer> Draw(int count)
    {
        int[] counts = [.. file.Population.Select(kind => (int)(kind.Part * count))];
        counts[0] += count - counts.Sum();
        List<Customer> customers = new(count);
        for (int k = 0; k < counts.Length; k++)
        {
            int digits = Math.Max(2, (counts[k] - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
            for (int i = 0; i < counts[k]; i++)
                customers.Add(Draw(file.Population[k], $"{file.Population[k].Kind}-{i.ToString($"D{digits}", System.Globalization.CultureInfo.InvariantCulture)}", chance.Split((ulong)customers.Count)));
        }

        return customers;
    }

    private Customer Draw(PopulationEntry kind, string name, SeededStream own)
    {
        var customer = new Customer(new AccountId(name), Words.Of<CustomerKind>(kind.Kind));
        double value = Math.Clamp(LogNormal(own, kind.MedianDeposit, kind.DepositSpread), MinDeposit, MaxDeposit);
        double leverage = LogNormal(own, kind.MedianLeverage, kind.LeverageSpread);
        bool mixed = own.NextDouble() < 0.3;
        string first = Pick(own, kind.Collateral);
        string second = Pick(own, kind.Collateral);
        double space = Bring(customer, first, mixed && first != second ? 0.7 * value : value);
        if (mixed && first != second) space += Bring(customer, second, 0.3 * value);

        switch (customer.Kind)
        {
            case CustomerKind.Retail or CustomerKind.Whale:
                Speculate(customer, kind, own, leverage * value, space * RoomUsed);
                break;
            case CustomerKind.Miner or CustomerKind.Staker:
                Hedge(customer, first, leverage * value, space * RoomUsed);
                break;
            case CustomerKind.Borrower:
                Borrow(customer, Math.Min(leverage * value, space * RoomUsed));
                break;
        }

        return customer;
    }

    private double Bring(Customer customer, string asset, double value)
    {
        decimal amount = Coins(asset, value);
        if (amount <= 0) return 0;
        customer.Deposits.Add((asset, amount));

        return room.Of(asset, (double)(amount * listing.PriceOf(asset)));
    }

    private void Speculate(Customer customer, PopulationEntry kind, SeededStream own, double notional, double space)
    {
        double draw = own.NextDouble();
        int positions = draw < 0.6 ? 1 : draw < 0.9 ? 2 : 3;
        List<(Contract Contract, double Notional, bool Long)> wishes = [];
        for (int i = 0; i < positions; i++)
        {
            Contract contract = Pick(own, chosen);
            bool isLong = own.NextDouble() < kind.Longs;
            double share = 0.5 + own.NextDouble();
            if (wishes.Exists(wish => wish.Contract == contract)) continue;

            bool option = contract.Name.Kind == Markets.Instruments.InstrumentKind.Option;
            // Small customers only buy options; the large ones write them too.
            wishes.Add((contract, share * notional / positions * (option ? 0.5 : 1), isLong || (option && customer.Kind == CustomerKind.Retail)));
        }

        double taken = wishes.Sum(wish => wish.Notional * room.Taken(wish.Contract));
        double scale = taken > space ? space / taken : 1;
        foreach ((Contract contract, double wished, bool isLong) in wishes)
        {
            decimal size = contract.SizeFor(wished * scale);
            if (size > 0) customer.Trades.Add((contract, isLong ? size : -size));
        }
    }

    /// <summary>Sells forward what was brought: in coin where such a perpetual is listed, else against a stablecoin.</summary>
    private void Hedge(Customer customer, string asset, double notional, double space)
    {
        string coin = file.Assets.First(entry => entry.Asset == asset).Follows ?? asset;
        Contract? perpetual = listing.Contracts
            .Where(contract => contract.Name.Kind == Markets.Instruments.InstrumentKind.Perpetual && contract.Name.Base.Value == coin)
            .OrderBy(contract => contract.IsInverseForward == (coin == asset) ? 0 : 1)
            .FirstOrDefault();
        if (perpetual is null) return;

        decimal size = perpetual.SizeFor(Math.Min(notional, space / room.Taken(perpetual)));
        if (size > 0) customer.Trades.Add((perpetual, -size));
    }

    private void Borrow(Customer customer, double value)
    {
        string? stable = file.Assets.FirstOrDefault(asset => asset.Class == "stable")?.Asset;
        if (stable is null || Coins(stable, value) is not (> 0 and var amount)) return;
        customer.Loan = (stable, amount);
    }

    /// <summary>Coins of an asset worth a value, down to the hundred-millionth or the asset's own smallest unit.</summary>
    private decimal Coins(string asset, double value)
    {
        int decimals = Math.Min(8, file.Assets.First(entry => entry.Asset == asset).Decimals);
        decimal unit = 1;
        for (int i = 0; i < decimals; i++) unit /= 10;

        return Price.Canonical(decimal.Floor((decimal)value / listing.PriceOf(asset) / unit) * unit);
    }

    private static double LogNormal(SeededStream own, double median, double spread) => median * Exact.Exp(spread * own.NextNormal());

    private static string Pick(SeededStream own, IReadOnlyDictionary<string, double> weights)
    {
        double left = own.NextDouble() * weights.Values.Sum();
        foreach ((string name, double weight) in weights)
        {
            left -= weight;
            if (left < 0) return name;
        }

        return weights.Keys.Last();
    }

    private static Contract Pick(SeededStream own, Contract[] contracts)
    {
        double left = own.NextDouble() * contracts.Sum(contract => contract.Entry.Weight);
        foreach (Contract contract in contracts)
        {
            left -= contract.Entry.Weight;
            if (left < 0) return contract;
        }

        return contracts[^1];
    }
}
