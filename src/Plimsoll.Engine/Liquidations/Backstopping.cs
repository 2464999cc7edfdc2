using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// The backstop: an account with capital of its own and nothing of the venue's behind it. It takes positions at their marks
/// within its caps, and of an account worth something the collateral behind them, which is its wage; what an account owes
/// beyond what it has is never its loss but the insurance's. When its equity falls under its limit it is closed, and its book
/// goes to the other side at the mark.
/// </summary>
internal static class Backstopping
{
    private const int Halvings = 6;
    private const decimal Finest = 0.000001m;

    /// <summary>Lets the backstop take what it can carry of an account; whether it took anything.</summary>
    public static bool Take(LiquidationRun run, AccountIndex account)
    {
        if (run.Terms.Backstop is not { } terms || run.Book.IsBackstopClosed) return false;
        if (!run.Venue.Accounts.TryFind(terms.Account, out AccountIndex backstop) || backstop == account || !run.MayLiquidate(backstop)) return false;

        Verdict carrying = run.Judged(backstop);
        Verdict verdict = run.VerdictOn(account);
        OpenLots[] lots = run.LotsOf(account);
        bool isInsolvent = verdict.Equity < 0;
        if (carrying.Equity < Least(terms) || lots.Any(open => !run.Rooms.MayTrade(open.Instrument))) return false;
        if (isInsolvent && (lots.Length == 0 || -verdict.Equity > run.Layers.LeftFor(account))) return false;

        if (Carried(run, terms, account, backstop, carrying, lots, isInsolvent) is not var (part, estate)) return false;

        run.CancelOrders(account);
        run.Happen(new BackstopTook(run.NameOf(account), terms.Account, part, estate.Positions, estate.Coins, estate.Mark, estate.Notional));
        run.Judged(account);

        return true;
    }

    /// <summary>Closes the backstop when it has lost what it may lose, passes its book on, and opens it again once it has its capital.</summary>
    public static void Follow(LiquidationRun run)
    {
        if (run.Terms.Backstop is not { } terms || !run.Venue.Accounts.TryFind(terms.Account, out AccountIndex backstop)) return;

        Verdict verdict = run.Judged(backstop);
        bool holds = run.Venue.Positions.Rows(backstop).Count > 0;
        if (!run.Book.IsBackstopClosed)
        {
            bool sinks = verdict.Equity < Least(terms) && holds;
            if (!sinks && !verdict.IsLiquidatable) return;

            run.Happen(new BackstopClosed(terms.Account, verdict.Equity, Least(terms)));
        }
        else if (!holds && verdict.Equity >= (double)terms.Capital)
        {
            run.Happen(new BackstopReopened(terms.Account, verdict.Equity));
        }

        if (run.Book.IsBackstopClosed && run.MayLiquidate(backstop)) PassOn(run, terms, backstop, verdict);
    }

    private static double Least(BackstopTerms terms) => (double)(terms.Capital - terms.LossLimit);

    /// <summary>The largest part, of halves, that caps, capital and initial margin let it carry.</summary>
    private static (decimal Part, EstatePart Estate)? Carried(
        LiquidationRun run, BackstopTerms terms, AccountIndex account, AccountIndex backstop, in Verdict carrying, OpenLots[] lots, bool isInsolvent)
    {
        double left = Math.Min((double)terms.MostNotional, (double)terms.MostLeverage * carrying.Equity) - carrying.Notional;
        if (run.Terms.Caps.Backstop is { } cap) left = Math.Min(left, (double)cap - run.Book.Usage.Backstopped);
        if (EstatePart.Of(run.Venue, account, lots, 1m, withCoins: !isInsolvent) is not { } all) return null;

        decimal part = all.Notional <= left ? 1m : Floor(left / all.Notional);
        for (int i = 0; i <= Halvings && part > 0m; i++, part = Floor((double)part / 2))
        {
            EstatePart? estate = part == 1m ? all : EstatePart.Of(run.Venue, account, lots, part, withCoins: !isInsolvent);
            if (estate is null || estate.Notional > left || !estate.Fits(run.Venue, backstop) || estate.Coins.Any(coin => !run.Rooms.MayTrade(run.Venue.Asset(coin.Asset)))) continue;
            if (run.Venue.PreTrade.WithEstate(backstop, estate).InitialHealth >= 0) return (part, estate);
        }

        return null;
    }

    private static decimal Floor(double part) => part > 0 ? Math.Min(1m, Math.Floor((decimal)Math.Min(part, 1) / Finest) * Finest) : 0m;

    /// <summary>Its whole book at the mark, to those who hold the other side; once it owes more than it has, as of any bankrupt account.</summary>
    private static void PassOn(LiquidationRun run, BackstopTerms terms, AccountIndex backstop, in Verdict verdict)
    {
        run.CancelOrders(backstop);
        if (verdict.Equity < 0)
        {
            Liquidation.Carry(run.Venue, run.Model, backstop, run.Layers, run.Takeovers, run.Happen);
            run.Disturb();

            return;
        }

        foreach (OpenLots open in run.LotsOf(backstop))
        {
            if (!run.Rooms.MayTrade(open.Instrument) || EstateShare.Of([open], run.Venue.Judgement.Responses!, run.Model, 1m) is not [var mark]) continue;

            Lots change = Fitting(run, mark);
            if (change.IsZero) continue;

            run.Takeovers.PassOn(backstop, mark with { Change = change });
            run.Disturb();
        }
    }

    private static Lots Fitting(LiquidationRun run, in PlannedTakeover mark)
    {
        double notional = Liquidation.Notional(run.Venue, mark.Instrument, mark.Change);
        double room = run.Rooms.Deleveraging;

        return notional <= room ? mark.Change : new Lots(mark.Change.Sign * (long)Math.Floor(mark.Change.Size.Count * Math.Max(0, room) / notional));
    }
}
