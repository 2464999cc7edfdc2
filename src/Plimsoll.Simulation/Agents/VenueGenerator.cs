using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Numerics;
using Plimsoll.Risk.Margin;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Builds an invented venue as a stream of commands that any engine accepts. The same file, path, number of accounts and seed
/// give the same commands under the same names, to the byte.
/// </summary>
/// <remarks>
/// 1. Assets, instruments, parameters and the opening prices.
/// 2. Accounts and what they bring: market makers, the account <c>liquidity</c>, backstop, insurer and bidders, customers by kind,
/// and what some of these stake in the mutual pool.
/// 3. Loans, which leave the venue.
/// 4. Fills, each between two accounts, at the opening marks; every contract's lots sum to zero.
/// 5. What the venue does with what it holds, and what its owners brought.
/// 6. The file's own last commands: risk buckets, limits, classes.
/// </remarks>
public sealed class VenueGenerator
{
    /// <summary>The fewest accounts a venue is built with.</summary>
    public const int MinAccounts = 50;

    /// <summary>The most accounts a venue is built with.</summary>
    public const int MaxAccounts = 5_000_000;

    private readonly VenueFile file;
    private readonly PricePath path;
    private readonly RiskParameters parameters;
    private readonly Listing listing;
    private readonly List<Customer> customers;
    private readonly List<Fill> fills;
    private readonly List<Customer> makers;
    private readonly HouseAccounts house;
    private readonly int accounts;

    /// <summary>Draws a venue.</summary>
    /// <param name="file">What it is like.</param>
    /// <param name="parameters">How it judges.</param>
    /// <param name="path">A path that prices all its assets; it opens at the first tick.</param>
    /// <param name="accounts">How many accounts it has, customers, makers and the liquidity provider together.</param>
    /// <param name="seed">The whole of its chance.</param>
    /// <exception cref="InputException">The number of accounts lies outside its range, or the path leaves an asset without a price.</exception>
    public VenueGenerator(VenueFile file, RiskParameters parameters, PricePath path, int accounts, ulong seed)
    {
        if (accounts is < MinAccounts or > MaxAccounts) throw new InputException("accounts", $"found {accounts}, expected {MinAccounts} to {MaxAccounts}");
        if (file.Assets.FirstOrDefault(asset => path.PlaceOf(new AssetId(asset.Asset)) < 0) is { } bare) throw new InputException("prices", $"found none of {bare.Asset}, expected a path that prices every asset listed");

        this.file = file;
        this.path = path;
        this.parameters = parameters;
        this.accounts = accounts;
        listing = new Listing(file, path);
        int makerCount = Makers.CountFor(accounts);
        var market = new Makers(file, listing, makerCount);
        house = new HouseAccounts(file, parameters, accounts);
        customers = new Population(file, listing, new MarginRoom(parameters, file), new SeededStream(seed)).Draw(accounts - makerCount - 1 - house.Count);
        fills = market.Fills(customers);
        makers = [.. market.All(fills), .. house.All(listing.PriceOf)];
        new Stakes(file, parameters).Choose(customers);
        AccountId[] all = [.. makers.Concat(customers).Select(account => account.Account)];
        if (all.GroupBy(account => account).FirstOrDefault(same => same.Count() > 1) is { } twice) throw new InputException("accounts", $"{twice.Key} is two accounts of the venue: a bidder, the backstop or the insurer needs a name of its own");
        var names = all.ToHashSet();
        OpeningTrial.Run(file.Name, file, listing.Commands(), path.Start, names.Contains);
    }

    internal Listing Listing => listing;

    internal IReadOnlyList<Customer> Customers => customers;

    internal IReadOnlyList<Fill> Fills => fills;

    internal HouseAccounts House => house;

    /// <summary>The commands that build the venue, in order, all at the path's first moment.</summary>
    public IEnumerable<Envelope> Commands()
    {
        foreach ((string id, Command command) in Opening()) yield return Ask(id, command);
        foreach (Customer account in makers.Concat(customers))
        {
            yield return Ask($"open-{account.Account}", new OpenAccount(account.Account, Class: ClassOf(account)));
            foreach ((string asset, decimal amount) in account.Deposits)
                yield return Ask($"deposit-{account.Account}-{asset}", new Deposit(account.Account, new AssetId(asset), Text(amount)));
            foreach ((string asset, decimal amount) in account.Stakes)
                yield return new Envelope(path.Start, account.Account, new CommandId($"stake-{asset}"), new StakeCover(account.Account, new AssetId(asset), Text(amount)));
        }

        foreach (Customer account in customers)
        {
            if (account.Loan is not ({ } asset, var amount)) continue;
            yield return new Envelope(path.Start, account.Account, new CommandId("borrow"), new Borrow(account.Account, new AssetId(asset), Text(amount)));
            yield return new Envelope(path.Start, account.Account, new CommandId("take-loan"), new Withdraw(account.Account, new AssetId(asset), Text(amount)));
        }

        for (int i = 0; i < fills.Count; i++)
            yield return Ask($"fill-{i}", new ReportFill(fills[i].Buyer, fills[i].Seller, fills[i].Contract.Id, fills[i].Size, fills[i].Contract.TradePrice));
        foreach ((string id, Command command) in new TreasuryMoves(file, listing, accounts).Commands(Owed())) yield return Ask(id, command);
        int said = 0;
        foreach (Command command in OpeningCommands.Read(file.Name, file)) yield return Ask($"opening-{said++}", OpeningCommands.Scaled(command, file, accounts));
    }

    private IEnumerable<(string Id, Command Command)> Opening()
    {
        int listed = 0;
        foreach (Command command in listing.Commands()) yield return ($"list-{listed++}", command);
        yield return ("parameters", new SetParameters(parameters));
        yield return ("tick-0", Quotes.At(file, listing, path, path.Ticks().First()));
    }

    /// <summary>What customers have left at the venue: deposits less the loans they took away.</summary>
    private SortedDictionary<string, decimal> Owed()
    {
        var owed = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (Customer account in makers.Concat(customers))
        {
            foreach ((string asset, decimal amount) in account.Deposits) owed[asset] = owed.GetValueOrDefault(asset) + amount;
            if (account.Loan is ({ } borrowed, var taken)) owed[borrowed] = owed.GetValueOrDefault(borrowed) - taken;
        }

        return owed;
    }

    /// <summary>The class of accounts that a desk watches together: the makers, and the kinds that are few and large.</summary>
    private static ClassId? ClassOf(Customer account) => account.Kind switch
    {
        null when account.Account.Value.StartsWith("maker-", StringComparison.Ordinal) => new ClassId("maker"),
        CustomerKind.Whale => new ClassId("whale"),
        CustomerKind.Miner => new ClassId("miner"),
        _ => null,
    };

    private Envelope Ask(string id, Command command) => new(path.Start, Envelope.Venue, new CommandId(id), command);

    private static string Text(decimal amount) => Price.Canonical(amount).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
