using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Reports that an account placed an order at the venue's market. The venue reserves margin for it as if it were filled.
/// </summary>
/// <param name="Account">Whose.</param>
/// <param name="Order">The order's name, unique in the account.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Size">Signed: + buys. In the instrument's own unit.</param>
/// <param name="Price">The limit, in quote units; for an option its premium.</param>
public sealed record PlaceOrder(AccountId Account, CommandId Order, InstrumentId Instrument, decimal Size, decimal Price) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Order.Value)) return Refusal.CommandMalformed;
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (venue.Liquidations.IsAuctioned(account)) return Refusal.AccountInAuction;
        if (!venue.Catalog.TryFind(Instrument, out InstrumentIndex index, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (!instrument.HasPositions) return Refusal.InstrumentUnsuitable;
        if (!venue.Modes.Admits(account, index)) return Refusal.IsolatedElsewhere;
        if (instrument.Expiry <= now) return Refusal.InstrumentExpired;
        if (!Lots.TryFrom(Size, instrument.LotSize, out Lots lots) || lots.IsZero) return Refusal.SizeInvalid;
        if (Price is < Units.Price.Min or > Units.Price.Max) return Refusal.PriceInvalid;
        if (venue.Orders.Find(account, Order) is not null) return Refusal.OrderExists;
        if (venue.Orders.Count(account) >= OrderRegister.MaxPerAccount) return Refusal.LimitReached;
        if (!venue.Market.HasPrice(index)) return Refusal.PriceMissing;
        if (venue.Breakers.WithOrder(account, index, lots) is { } paused) return paused;

        var order = new Order(Order, index, lots, new Price(Price));
        if (venue.PreTrade.WithOrder(account, order) is var margin and not Refusal.None) return margin;
        if (venue.Limits.Check.WithOrder(account, order) is var limit and not Refusal.None) return limit;

        return Decision.Accept(new OrderPlaced(Account, Order, Instrument, lots, order.Price));
    }
}

/// <summary>An order stands and margin is reserved for it.</summary>
public sealed record OrderPlaced(AccountId Account, CommandId Order, InstrumentId Instrument, Lots Lots, Price Price) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Orders.Add(venue.Account(Account), new Order(Order, venue.Instrument(Instrument), Lots, Price));
}

/// <summary>Reports that an order was taken back.</summary>
public sealed record CancelOrder(AccountId Account, CommandId Order) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (venue.Orders.Find(account, Order) is null) return Refusal.OrderUnknown;

        return Decision.Accept(new OrderCancelled(Account, Order));
    }
}

/// <summary>An order was taken back.</summary>
public sealed record OrderCancelled(AccountId Account, CommandId Order) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Orders.Remove(venue.Account(Account), Order);
}
