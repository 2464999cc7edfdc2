using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>What stands of an order.</summary>
/// <param name="Id">Its name in the account.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Lots">What is left of it, signed: + buys.</param>
/// <param name="Price">Its limit.</param>
public sealed record Order(CommandId Id, InstrumentIndex Instrument, Lots Lots, Price Price);

/// <summary>The orders that stand, by account, each account's in the order they were placed.</summary>
public sealed class OrderRegister
{
    /// <summary>The most orders one account may have standing.</summary>
    public const int MaxPerAccount = 200;

    private const string Section = "ORDR";
    private const ushort Version = 1;

    private readonly SortedDictionary<int, List<Order>> _byAccount = [];

    /// <summary>How many orders stand in the whole venue.</summary>
    public int Total { get; private set; }

    /// <summary>The orders of an account, oldest first.</summary>
    public IReadOnlyList<Order> Of(AccountIndex account) => _byAccount.TryGetValue(account.Value, out List<Order>? orders) ? orders : [];

    /// <summary>How many orders an account has standing.</summary>
    public int Count(AccountIndex account) => Of(account).Count;

    /// <summary>The orders in an instrument, by account, each account's oldest first.</summary>
    public IEnumerable<(AccountIndex Account, Order Order)> In(InstrumentIndex instrument)
    {
        foreach ((int account, List<Order> orders) in _byAccount)
        {
            foreach (Order order in orders)
                if (order.Instrument == instrument) yield return (new AccountIndex(account), order);
        }
    }

    /// <summary>Finds an order by name.</summary>
    public Order? Find(AccountIndex account, CommandId id)
    {
        foreach (Order order in Of(account))
        {
            if (order.Id == id) return order;
        }

        return null;
    }

    internal void Add(AccountIndex account, Order order)
    {
        if (!_byAccount.TryGetValue(account.Value, out List<Order>? orders)) _byAccount.Add(account.Value, orders = []);
        Law.Holds(orders.Count < MaxPerAccount && Find(account, order.Id) is null, "an order is placed once and within the limit");
        orders.Add(order);
        Total++;
    }

    internal void Remove(AccountIndex account, CommandId id) => RemoveWhere(account, order => order.Id == id);

    /// <summary>Takes every order in an instrument back, whoever placed it.</summary>
    internal void RemoveAll(InstrumentIndex instrument)
    {
        int[] accounts = [.. _byAccount.Keys];
        foreach (int account in accounts) RemoveWhere(new AccountIndex(account), order => order.Instrument == instrument);
    }

    internal void RemoveAll(AccountIndex account) => RemoveWhere(account, _ => true);

    /// <summary>Takes what was filled off an order; a filled order stands no more.</summary>
    internal void Reduce(AccountIndex account, CommandId id, Lots filled)
    {
        List<Order> orders = _byAccount[account.Value];
        int at = orders.FindIndex(order => order.Id == id);
        Order order = orders[at];
        var left = new Lots(order.Lots.Count - (order.Lots.Sign * filled.Count));
        Law.Holds(left.IsZero || left.Sign == order.Lots.Sign, "an order is not filled beyond its size");
        if (left.IsZero) Remove(account, id);
        else orders[at] = order with { Lots = left };
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(Total);
        foreach ((int account, List<Order> orders) in _byAccount)
        {
            foreach (Order order in orders)
            {
                writer.WriteInt(account);
                writer.WriteText(order.Id.Value);
                writer.WriteInt(order.Instrument.Value);
                writer.WriteLots(order.Lots);
                writer.WriteDecimal(order.Price.Value);
            }
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(21);
        for (int i = 0; i < count; i++)
        {
            var account = new AccountIndex(reader.ReadInt());
            Add(account, new Order(
                new CommandId(reader.ReadText(Identifier.MaxLength)),
                new InstrumentIndex(reader.ReadInt()),
                reader.ReadLots(),
                new Price(reader.ReadDecimal())));
        }
    }

    private void RemoveWhere(AccountIndex account, Predicate<Order> match)
    {
        if (!_byAccount.TryGetValue(account.Value, out List<Order>? orders)) return;

        Total -= orders.RemoveAll(match);
        if (orders.Count == 0) _byAccount.Remove(account.Value);
    }
}
