using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>What has happened at the venue so far, counted; part of the state, so that a report after a restart is the same.</summary>
public sealed class Tally
{
    private const string Section = "TALY";
    private const ushort Version = 1;

    /// <summary>Accounts called for margin, each call counted.</summary>
    public long MarginCalls { get; internal set; }

    /// <summary>Liquidation fills and collateral sales.</summary>
    public long Liquidations { get; internal set; }

    /// <summary>Notional closed by liquidation, in the numeraire at the time.</summary>
    public double LiquidatedNotional { get; internal set; }

    /// <summary>Accounts that were deleveraged to close somebody else's bankrupt position, each closing counted.</summary>
    public long Deleveragings { get; internal set; }

    /// <summary>What the insurance fund paid for bankrupt accounts, in the numeraire at the time.</summary>
    public double FundDrawn { get; internal set; }

    /// <summary>What nobody but the venue itself was left to pay, in the numeraire at the time.</summary>
    public double BadDebt { get; internal set; }

    /// <summary>Accounts that lost more than they had.</summary>
    public long Bankruptcies { get; internal set; }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteLong(MarginCalls);
        writer.WriteLong(Liquidations);
        writer.WriteDouble(LiquidatedNotional);
        writer.WriteLong(Deleveragings);
        writer.WriteDouble(FundDrawn);
        writer.WriteDouble(BadDebt);
        writer.WriteLong(Bankruptcies);
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        MarginCalls = reader.ReadLong();
        Liquidations = reader.ReadLong();
        LiquidatedNotional = reader.ReadDouble();
        Deleveragings = reader.ReadLong();
        FundDrawn = reader.ReadDouble();
        BadDebt = reader.ReadDouble();
        Bankruptcies = reader.ReadLong();
    }
}
