using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>A trade between two accounts.</summary>
internal readonly record struct Fill(AccountId Buyer, AccountId Seller, Contract Contract, decimal Size);

/// <summary>
/// Market makers: each takes the other side of the customers assigned to it, hedges what is left with coins it brings, and
/// trades a basis with its neighbour. So every contract's lots sum to zero and nobody is left with a view of his own.
/// </summary>
internal sealed class Makers
{
    /// <summary>The account that liquidations are filled against.</summary>
    public static readonly AccountId Liquidity = new("liquidity");

    private const decimal CashPerNotional = 0.35m;
    private const decimal BasisPart = 0.1m;
    private const decimal LeastCash = 100_000m;
    private readonly VenueFile file;
    private readonly Listing listing;
    private readonly Customer[] makers;

    public Makers(VenueFile file, Listing listing, int count)
    {
        this.file = file;
        this.listing = listing;
        makers = [.. Enumerable.Range(0, count).Select(i => new Customer(new AccountId($"maker-{i:00}"), kind: null))];
    }

    /// <summary>How many makers a venue of so many accounts has.</summary>
    public static int CountFor(int accounts) => Math.Clamp(accounts / 1000, 4, 40);

    /// <summary>Makers and the liquidity provider, funded for the fills.</summary>
    public IEnumerable<Customer> All(IReadOnlyList<Fill> fills)
    {
        decimal gross = 0;
        foreach (Customer maker in makers)
        {
            gross += Fund(maker, fills);

            yield return maker;
        }

        var liquidity = new Customer(Liquidity, kind: null);
        liquidity.Deposits.Add((Cash, decimal.Ceiling(Math.Max(LeastCash, gross / 2))));

        yield return liquidity;
    }

    /// <summary>All fills: each customer's against his maker, then the makers' basis trades between neighbours.</summary>
    public List<Fill> Fills(IReadOnlyList<Customer> customers)
    {
        List<Fill> fills = [];
        for (int i = 0; i < customers.Count; i++)
        {
            AccountId maker = makers[i % makers.Length].Account;
            foreach ((Contract contract, decimal size) in customers[i].Trades)
                fills.Add(size > 0 ? new Fill(customers[i].Account, maker, contract, size) : new Fill(maker, customers[i].Account, contract, -size));
        }

        Contract[] perpetuals = [.. listing.Contracts.Where(contract => contract.Name.Kind == InstrumentKind.Perpetual)];
        foreach (IGrouping<AssetId, Contract> coin in perpetuals.GroupBy(contract => contract.Name.Base))
        {
            Contract? inverse = coin.FirstOrDefault(contract => contract.IsInverseForward);
            Contract? linear = coin.FirstOrDefault(contract => !contract.IsInverseForward);
            if (inverse is not null && linear is not null) fills.AddRange(Basis(inverse, linear, fills));
        }

        return fills;
    }

    private string Cash => file.Assets.First(asset => asset.Class == "stable").Asset;

    private List<Fill> Basis(Contract inverse, Contract linear, List<Fill> fills)
    {
        List<Fill> basis = [];
        decimal gross = fills.Where(fill => fill.Contract == linear).Sum(fill => linear.NotionalOf(fill.Size));
        double each = (double)(BasisPart * gross / makers.Length);
        for (int i = 0; i + 1 < makers.Length; i += 2)
        {
            decimal bought = inverse.SizeFor(each);
            decimal sold = linear.SizeFor(each);
            if (bought <= 0 || sold <= 0) continue;
            basis.Add(new Fill(makers[i].Account, makers[i + 1].Account, inverse, bought));
            basis.Add(new Fill(makers[i + 1].Account, makers[i].Account, linear, sold));
        }

        return basis;
    }

    private decimal Fund(Customer maker, IReadOnlyList<Fill> fills)
    {
        decimal gross = 0;
        var shortCoins = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (Fill fill in fills)
        {
            if (fill.Buyer != maker.Account && fill.Seller != maker.Account) continue;

            decimal notional = fill.Contract.NotionalOf(fill.Size);
            decimal coins = notional / fill.Contract.Index * HedgePart(fill.Contract);
            string coin = fill.Contract.Name.Base.Value;
            gross += notional;
            shortCoins[coin] = shortCoins.GetValueOrDefault(coin) + (fill.Seller == maker.Account ? coins : -coins);
        }

        maker.Deposits.Add((Cash, decimal.Ceiling(Math.Max(LeastCash, CashPerNotional * gross))));
        foreach ((string coin, decimal coins) in shortCoins)
        {
            if (coins > 0) maker.Deposits.Add((coin, Math.Ceiling(coins * 1000) / 1000));
        }

        return gross;
    }

    /// <summary>Coins that hedge one coin of a contract: half for an option, short of a put the other way round.</summary>
    private static decimal HedgePart(Contract contract) => (contract.Name.Kind, contract.Name.Side) switch
    {
        (InstrumentKind.Option, OptionSide.Call) => 0.5m,
        (InstrumentKind.Option, _) => -0.5m,
        _ => 1m,
    };
}
