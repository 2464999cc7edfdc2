using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>Why the whole venue was stopped. Journaled: numbers are never reused.</summary>
public enum HaltCause : byte
{
    /// <summary>What it holds no longer covers what customers have a claim to.</summary>
    Coverage = 0,

    /// <summary>The insurance funds lost too much of the most they were worth.</summary>
    FundPart = 1,

    /// <summary>The insurance funds fell under their level.</summary>
    FundLevel = 2,
}

/// <summary>
/// The breaker of the whole venue. Halted, it stands still for a pause: nothing is traded and nobody is liquidated. After the
/// pause liquidations and trades that leave less open go on, since waiting longer would cost more; what opens, and loans, wait
/// until coverage and fund are as they should be again. Withdrawals wait as well where coverage is why: who leaves first would
/// be paid by those who stay.
/// </summary>
public sealed class VenueBreaker
{
    private readonly VenueState _venue;

    internal VenueBreaker(VenueState venue) => _venue = venue;

    /// <summary>Whether it is halted and not resumed.</summary>
    public bool IsHalted => Cause is not null;

    /// <summary>Whether it stands still: halted, and the pause not over.</summary>
    public bool IsStill => IsHalted && !IsEased;

    /// <summary>Whether it is halted and the pause is over.</summary>
    public bool IsEased { get; private set; }

    /// <summary>Why it is halted; none while it is not.</summary>
    public HaltCause? Cause { get; private set; }

    /// <summary>When the pause ends, or, after it was resumed, the least time open.</summary>
    public Instant Until { get; private set; }

    /// <summary>Why it was halted or resumed last, in words; empty before the first time.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How often it was halted.</summary>
    public long Trips { get; private set; }

    /// <summary>The most the insurance funds were worth, in the numeraire at the time, since there are terms that ask it.</summary>
    public double HighWater { get; private set; }

    /// <summary>What the insurance funds are worth, in the numeraire; what has no price counts nothing.</summary>
    public double FundWorth => _venue.Insurance.Worth(Fund.InsuranceFund) + _venue.Insurance.Worth(Fund.FirstLoss) + _venue.Insurance.Worth(Fund.MutualPool);

    /// <summary>What the venue holds over what customers have a claim to (their coins and their unrealised profit less loans and losses), both at the last prices; +∞ where they have none.</summary>
    public double Coverage
    {
        get
        {
            (double held, double claimed) = (0, 0);
            for (int i = 0; i < _venue.Catalog.Assets.Count; i++)
            {
                var asset = new AssetIndex(i);
                double price = _venue.Market.PriceOf(asset);
                Amount claims = _venue.Ledger.ControlTotal(Purse.Cash, asset) + _venue.Ledger.ControlTotal(Purse.Loan, asset) + _venue.Ledger.Balance(Fund.Clearing, asset);
                Amount holdings = Amount.Zero;
                foreach (Fund place in Funds.Places) holdings += _venue.Ledger.Held(place, asset);
                held += _venue.Catalog[asset].Scale.ToModel(holdings) * price;
                claimed += _venue.Catalog[asset].Scale.ToModel(claims) * price;
            }

            return claimed > 0 ? held / claimed : double.PositiveInfinity;
        }
    }

    internal Instant? NextDue => IsStill ? Until : null;

    private VenueBreakerTerms? Terms => _venue.Parameters?.Breakers.Venue;

    internal Decision Refuse() => Decision.Refuse(Refusal.VenueHalted, $"the venue is halted: {Reason}");

    /// <summary>Whether a withdrawal must wait.</summary>
    internal bool HoldsWithdrawals => Cause == HaltCause.Coverage;

    internal void See()
    {
        if (Terms is not null) HighWater = Math.Max(HighWater, FundWorth);
    }

    internal void Restart(VenueBreakerTerms? before)
    {
        if (before != Terms) HighWater = 0;
        if (Terms is null && !IsHalted) Forget();
    }

    /// <summary>Resumes a venue that the rulebook no longer halts.</summary>
    internal void Release(Action<Event> happen)
    {
        if (Terms is null && IsHalted) happen(new VenueResumed(_venue.Now, "the rulebook no longer halts the venue"));
    }

    internal void Follow(Action<Event> happen)
    {
        if (Terms is not { } terms) return;

        (HaltCause Cause, double Figure, double Bound, string Words)? broken = Broken(terms);
        if (!IsHalted && _venue.Now >= Until && broken is { } why)
            happen(new VenueHalted(why.Cause, why.Figure, why.Bound, _venue.Now + TimeSpan.FromSeconds(terms.PauseSeconds), why.Words));
        else if (IsHalted && !IsStill && broken is null)
            happen(new VenueResumed(_venue.Now + TimeSpan.FromSeconds(terms.OpenSeconds), Cured(terms)));
    }

    internal void Halt(HaltCause cause, Instant until, string reason)
    {
        Law.Holds(!IsHalted, "what is not halted is halted");
        (Cause, IsEased, Until, Reason) = (cause, false, until, reason);
        Trips++;
    }

    internal bool Pass(Action<Event> happen)
    {
        if (!IsStill || _venue.Now < Until) return false;

        happen(new HaltEased($"the pause is over; {Reason}"));

        return true;
    }

    internal void Ease()
    {
        Law.Holds(IsStill, "the pause of a halt ends once");
        IsEased = true;
        _venue.Breakers.LookAgain();
    }

    internal void Resume(Instant until, string reason)
    {
        Law.Holds(IsHalted, "what is halted is resumed");
        (Cause, IsEased, Until, Reason) = (null, false, until, reason);
        if (Terms is null) Forget();
    }

    internal void Write(StateWriter writer)
    {
        writer.WriteByte((byte)(Cause is { } cause ? 1 + (int)cause : 0));
        writer.WriteBool(IsEased);
        writer.WriteInstant(Until);
        writer.WriteText(Reason);
        writer.WriteLong(Trips);
        writer.WriteDouble(HighWater);
    }

    internal void Read(StateReader reader)
    {
        byte cause = reader.ReadByte();
        if (cause > 1 + (byte)HaltCause.FundLevel) throw reader.Fault("a cause of a halt");
        Cause = cause > 0 ? (HaltCause)(cause - 1) : null;
        IsEased = reader.ReadBool();
        Until = reader.ReadInstant();
        Reason = reader.ReadText(4096);
        Trips = reader.ReadLong();
        HighWater = reader.ReadDouble();
        if (Trips < 0 || !(HighWater >= 0) || !double.IsFinite(HighWater)) throw reader.Fault("trips and a high-water mark of at least 0");
    }

    /// <summary>A rulebook that asks nothing leaves nothing behind.</summary>
    private void Forget() => (Until, Reason, Trips, HighWater) = (default, "", 0, 0);

    private (HaltCause Cause, double Figure, double Bound, string Words)? Broken(VenueBreakerTerms terms)
    {
        if (terms.Coverage is { } least && Coverage is var coverage && coverage < (double)least)
            return (HaltCause.Coverage, coverage, (double)least, $"the venue holds {BreakerWords.Least(coverage)} of what customers have a claim to; the least is {BreakerWords.Percent((double)least)}");
        if (terms.FundPart is null && terms.FundLevel is null) return null;

        double worth = FundWorth;
        if (terms.FundPart is { } part && worth < (double)part * HighWater)
            return (HaltCause.FundPart, worth / HighWater, (double)part, $"the insurance funds are worth {BreakerWords.Of(Math.Round(worth))}, {BreakerWords.Percent(worth / HighWater)} of the most they were, {BreakerWords.Of(Math.Round(HighWater))}; the least is {BreakerWords.Percent((double)part)}");

        // A fund that is still being filled has not fallen under anything.
        return terms.FundLevel is { } level && HighWater >= (double)level && worth < (double)level
            ? (HaltCause.FundLevel, worth, (double)level, $"the insurance funds are worth {BreakerWords.Of(Math.Round(worth))}; the least is {BreakerWords.Of((double)level)}")
            : null;
    }

    private string Cured(VenueBreakerTerms terms)
    {
        string coverage = terms.Coverage is not null && Coverage is var held && double.IsFinite(held) ? $"the venue holds {BreakerWords.Least(held)} of what customers have a claim to; " : "";

        return $"{coverage}the insurance funds are worth {BreakerWords.Of(Math.Round(FundWorth))}";
    }
}
