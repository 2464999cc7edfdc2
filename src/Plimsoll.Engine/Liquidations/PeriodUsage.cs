using Plimsoll.Numerics;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// What was sold, bid away and taken in the period the venue is in, and what of each market's depth has not come back. Notional,
/// in the numeraire. A period begins at a whole multiple of its length from 1970 on.
/// </summary>
public sealed class PeriodUsage
{
    private static readonly double Half = Exact.Log(2);

    private readonly VenueState _venue;
    private readonly SortedDictionary<int, (double Notional, Instant At)> _taken = [];
    private (double Sold, double Bid, double Backstopped, Instant Period) _used;

    internal PeriodUsage(VenueState venue) => _venue = venue;

    /// <summary>When the period began.</summary>
    public Instant PeriodStart => new(_venue.Now.UnixMicroseconds / Length * Length);

    /// <summary>When the next one begins.</summary>
    public Instant PeriodEnd => new(PeriodStart.UnixMicroseconds + Length);

    /// <summary>Sold for all accounts.</summary>
    public double Sold => HasBegun(_used.Period) ? _used.Sold : 0;

    /// <summary>Gone to bidders.</summary>
    public double Bid => HasBegun(_used.Period) ? _used.Bid : 0;

    /// <summary>Taken by the backstop.</summary>
    public double Backstopped => HasBegun(_used.Period) ? _used.Backstopped : 0;

    private PhaseTerms Terms => _venue.Parameters?.Phases ?? PhaseTerms.None;

    private long Length => Math.Max(1, Terms.PeriodMicroseconds);

    /// <summary>What of a market's depth was taken and has not come back.</summary>
    public double Taken(AssetIndex asset)
    {
        if (!_taken.TryGetValue(asset.Value, out (double Notional, Instant At) taken)) return 0;
        if (Terms.Slices is not { RecoverySeconds: > 0 } slices) return taken.At >= PeriodStart ? taken.Notional : 0;

        double seconds = (_venue.Now - taken.At).TotalSeconds;

        return taken.Notional * Exact.Exp(-Half * seconds / slices.RecoverySeconds);
    }

    /// <summary>Whether a moment at which a period began is the beginning of this one.</summary>
    internal bool HasBegun(Instant period) => period == PeriodStart;

    internal void Take(AssetIndex asset, double notional) => _taken[asset.Value] = (Taken(asset) + notional, _venue.Now);

    internal void Sell(AssetIndex asset, double notional)
    {
        Take(asset, notional);
        _used = (Sold + notional, Bid, Backstopped, PeriodStart);
    }

    internal void Give(double notional) => _used = (Sold, Bid + notional, Backstopped, PeriodStart);

    internal void Back(double notional) => _used = (Sold, Bid, Backstopped + notional, PeriodStart);

    internal void Write(StateWriter writer)
    {
        writer.WriteDouble(_used.Sold);
        writer.WriteDouble(_used.Bid);
        writer.WriteDouble(_used.Backstopped);
        writer.WriteInstant(_used.Period);
        writer.WriteInt(_taken.Count);
        foreach ((int asset, (double notional, Instant at)) in _taken)
        {
            writer.WriteInt(asset);
            writer.WriteDouble(notional);
            writer.WriteInstant(at);
        }
    }

    internal void Read(StateReader reader)
    {
        _used = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInstant());
        for (int left = reader.ReadCount(20); left > 0; left--) _taken.Add(reader.ReadInt(), (reader.ReadDouble(), reader.ReadInstant()));
    }
}
