using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What an account has of one asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">Cash, whole coins.</param>
/// <param name="Loan">What it owes on loan, whole coins, positive; none where it owes nothing.</param>
/// <param name="Value">Cash less loan, in the numeraire.</param>
internal sealed record BalanceLine(string Asset, string Amount, string? Loan, double? Value);

/// <summary>One position.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Size">Signed, + long, in the instrument's own unit.</param>
/// <param name="Entry">Mean price it was opened at, in quote units; for an option its premium.</param>
/// <param name="Mark">The price it is marked at, in the same.</param>
/// <param name="Unrealised">Profit and loss in the numeraire.</param>
/// <param name="Delta">Coins of the underlying it moves like.</param>
/// <param name="Notional">Size in the numeraire.</param>
internal sealed record PositionFigures(string Instrument, string Size, double? Entry, string? Mark, double? Unrealised, double? Delta, double? Notional);

/// <summary>One standing order.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="Size">Signed, + buys.</param>
/// <param name="Price">Its limit.</param>
internal sealed record OrderLine(string Id, string Instrument, string Size, string Price);

/// <summary>One account in full.</summary>
internal sealed record AccountDetail(
    string Account,
    string Kind,
    double Equity,
    double Counted,
    double Maintenance,
    double Initial,
    Lines Health,
    double? MarginRatio,
    double? Distance,
    string Phase,
    double Notional,
    string Mode,
    string? Owner,
    IReadOnlyList<BalanceLine> Balances,
    IReadOnlyList<PositionFigures> Positions,
    IReadOnlyList<OrderLine> Orders)
{
    /// <summary>Reads an account. On the engine's thread.</summary>
    public static AccountDetail Of(VenueState venue, AccountIndex account, string kind, double distance)
    {
        AccountRow row = AccountRow.Of(
            venue.Accounts[account].Value, kind, venue.Judgement.Of(account), venue.Accounts.PhaseOf(account), distance);

        return new AccountDetail(
            row.Account, row.Kind, row.Equity, row.Counted, row.Maintenance, row.Initial, row.Health, row.MarginRatio, row.Distance, row.Phase, row.Notional,
            venue.Modes.Of(account).ToString().ToLowerInvariant(),
            venue.Classes.OwnerOf(account) is { } owner ? venue.Accounts[owner].Value : null,
            BalancesOf(venue, account), PositionsOf(venue, account), OrdersOf(venue, account));
    }

    private static List<BalanceLine> BalancesOf(VenueState venue, AccountIndex account)
    {
        var lines = new List<BalanceLine>();
        BalanceRows rows = venue.Ledger.Rows(account);
        for (int r = 0; r < rows.Count; r++)
        {
            AssetIndex index = rows.Asset(r);
            if (r > 0 && rows.Asset(r - 1) == index) continue;

            Asset asset = venue.Catalog[index];
            Amount cash = venue.Ledger.Balance(account, Purse.Cash, index);
            Amount loan = venue.Ledger.Balance(account, Purse.Loan, index);
            lines.Add(new BalanceLine(
                asset.Id.Value,
                asset.Scale.Format(cash),
                loan.IsZero ? null : asset.Scale.Format(-loan),
                venue.Market.HasPrice(index) ? asset.Scale.ToModel(cash + loan) * venue.Market.PriceOf(index) : null));
        }

        return lines;
    }

    private static List<PositionFigures> PositionsOf(VenueState venue, AccountIndex account)
    {
        var lines = new List<PositionFigures>();
        PositionRows rows = venue.Positions.Rows(account);
        if (rows.Count == 0 || venue.Judgement.Model is not { } model) return lines;

        double[] deltas = Projections.Distance.Deltas(venue, model);
        for (int r = 0; r < rows.Count; r++) lines.Add(PositionOf(venue, rows[r], deltas[rows.Instrument(r).Value]));

        return lines;
    }

    private static PositionFigures PositionOf(VenueState venue, Position position, double unitDelta)
    {
        Instrument instrument = venue.Catalog[position.Instrument];
        decimal size = position.Lots.ToSize(instrument.LotSize);
        double quantity = (double)size;
        double unitValue = venue.Judgement.Responses!.UnitValues[position.Instrument.Value];
        double settlement = venue.Market.PriceOf(instrument.Settlement);
        double underlying = venue.Market.PriceOf(instrument.Underlying);
        double cost = venue.Catalog[instrument.Settlement].Scale.ToModel(position.Cost);
        bool reciprocal = instrument is { Payoff: Payoff.Inverse, Kind: not InstrumentKind.Option };

        return new PositionFigures(
            instrument.Id.Value,
            Text(size),
            Finite(reciprocal ? -quantity / cost : cost / quantity),
            !venue.Market.HasPrice(position.Instrument) ? null : instrument.PaysPremium ? Text(unitValue) : venue.MarkOf(position.Instrument).ToString(),
            Finite(((quantity * unitValue) - cost) * settlement),
            Finite(quantity * unitDelta / underlying),
            Finite(Math.Abs(quantity) * venue.Judgement.Responses.UnitNotionals[position.Instrument.Value]));
    }

    private static OrderLine[] OrdersOf(VenueState venue, AccountIndex account) => [.. venue.Orders.Of(account).Select(order => new OrderLine(
        order.Id.Value,
        venue.Catalog[order.Instrument].Id.Value,
        Text(order.Lots.ToSize(venue.Catalog[order.Instrument].LotSize)),
        order.Price.ToString()))];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Text(decimal value) => Price.Canonical(value).ToString(CultureInfo.InvariantCulture);

    private static string? Text(double value) => double.IsFinite(value) ? value.ToString("0.############", CultureInfo.InvariantCulture) : null;
}
