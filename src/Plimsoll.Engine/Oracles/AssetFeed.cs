using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// What is known of one asset's price: the last report of each source by name, the last price they made together, how far
/// it may be relied on, and the price that follows it slowly.
/// </summary>
public sealed class AssetFeed
{
    /// <summary>The most sources kept for an asset.</summary>
    public const int MaxSources = OracleAggregate.UsualReports;

    /// <summary>The longest reason of a status, in characters.</summary>
    internal const int MaxReason = 512;

    private const long SecondMicroseconds = 1_000_000;

    private readonly List<SourceReport> _reports = [];
    private Instant? _due;
    private bool _dueKnown;

    internal AssetFeed(AssetIndex asset) => Asset = asset;

    /// <summary>Of which asset.</summary>
    public AssetIndex Asset { get; }

    /// <summary>The last report of each source, by the source's name.</summary>
    public IReadOnlyList<SourceReport> Reports => _reports;

    /// <summary>The last price the sources made; one of 0 where they never made any. Its own status is that of the moment it was made.</summary>
    public JoinedPrice Joined { get; private set; }

    /// <summary>How far the price may be relied on now.</summary>
    public OracleStatus Status { get; private set; } = OracleStatus.Halted;

    /// <summary>Since when.</summary>
    public Instant StatusSince { get; private set; }

    /// <summary>The price that follows slowly; none without damping, and before time first passed over a price.</summary>
    public double? Damped => Slow?.Value;

    /// <summary>How far the price lies from the damped one, as a part of it; 0 where there is none.</summary>
    public double Width => Slow is { } slow && Joined.Price > 0 ? Math.Abs(Joined.Price - slow.Value) / Joined.Price : 0;

    internal Instant TakenAt { get; private set; }

    private StablePrice? Slow { get; set; }

    /// <summary>
    /// Lets the time since the last reports count: the damped price follows what held in it, and answers that were new then
    /// remember it; who has been silent for too long to matter is forgotten. So the order of reports within one moment decides nothing.
    /// </summary>
    internal void Advance(OracleTerms terms, StablePriceTerms? damping, Instant now)
    {
        if (now <= TakenAt) return;

        if (damping is { } limits && Joined.Price > 0)
        {
            Slow ??= new StablePrice(Joined.Price, TakenAt.UnixMicroseconds / SecondMicroseconds, limits);
            Slow.Follow(limits);
            Slow.Observe(Joined.Price, now.UnixMicroseconds / SecondMicroseconds);
        }

        if (damping is null) Slow = null;
        _reports.RemoveAll(kept => terms.IsGone(kept.Report.ObservedAt, now));
        for (int i = 0; i < _reports.Count; i++) _reports[i] = _reports[i].SettledBy(Joined.Price);
        TakenAt = now;
    }

    /// <summary>Keeps a report as its source's last.</summary>
    internal void Take(in PriceReport report)
    {
        _dueKnown = false;
        int at = PlaceOf(report.Source);
        if (at >= 0)
        {
            _reports[at] = _reports[at].Then(report);
            return;
        }

        Law.Holds(_reports.Count < MaxSources, "no asset has more sources than are kept");
        _reports.Insert(~at, new SourceReport(report, ReportFault.None, default, default, default));
    }

    /// <summary>Takes over what became of the reports, and the price they made if they made one.</summary>
    internal void Set(in JoinedPrice joined, Func<AccountId, ReportFault> faultOf)
    {
        _dueKnown = false;
        Joined = joined;
        for (int i = 0; i < _reports.Count; i++) _reports[i] = _reports[i] with { Fault = faultOf(_reports[i].Source) };
    }

    internal void Enter(OracleStatus status, Instant now)
    {
        _dueKnown = false;
        (Status, StatusSince) = (status, now);
    }

    /// <summary>The terms are others than they were.</summary>
    internal void Reread() => _dueKnown = false;

    /// <summary>The last report of a source; none where it never reported.</summary>
    internal SourceReport? Find(AccountId source) => PlaceOf(source) is >= 0 and var at ? _reports[at] : null;

    /// <summary>How far the price may be relied on at a moment if nobody reports until then; it only ever gets worse.</summary>
    internal OracleStatus StatusAt(OracleTerms terms, Instant now)
    {
        if (!(Joined.Price > 0)) return OracleStatus.Halted;

        int sources = 0;
        for (int i = 0; Joined.Sources > 0 && i < _reports.Count; i++)
            if (_reports[i].Fault == ReportFault.None && !terms.IsTooOld(_reports[i].Report.ObservedAt, now)) sources++;
        if (sources > 0) return terms.StatusOf(sources, Joined.Confidence);

        return terms.IsGone(Joined.ObservedAt, now) ? OracleStatus.Halted : OracleStatus.Stale;
    }

    /// <summary>When the status changes next by age alone; none where it does not.</summary>
    internal Instant? Due(OracleTerms terms)
    {
        if (_dueKnown) return _due;

        _dueKnown = true;
        _due = null;
        if (!(Joined.Price > 0)) return null;

        Consider(terms, terms.GoneAt(Joined.ObservedAt));
        foreach (SourceReport report in _reports)
            if (report.Fault == ReportFault.None && Joined.Sources > 0) Consider(terms, terms.TooOldAt(report.Report.ObservedAt));

        return _due;
    }

    internal void Write(StateWriter writer)
    {
        writer.WriteByte((byte)Status);
        writer.WriteInstant(StatusSince);
        writer.WriteInstant(TakenAt);
        writer.WriteByte((byte)Joined.Status);
        foreach (double figure in (double[])[Joined.Price, Joined.Confidence, Joined.Divergence, Joined.Apart]) writer.WriteDouble(figure);
        writer.WriteInstant(Joined.ObservedAt);
        writer.WriteInt(Joined.Sources);
        writer.WriteInt(_reports.Count);
        foreach (SourceReport kept in _reports)
        {
            writer.WriteText(kept.Source.Value);
            foreach (double figure in (double[])[kept.Report.Price, kept.Report.Confidence, kept.Report.Depth, kept.Settled, kept.JointThen]) writer.WriteDouble(figure);
            writer.WriteInstant(kept.Report.ObservedAt);
            writer.WriteInstant(kept.SettledAt);
            writer.WriteByte((byte)kept.Fault);
        }

        writer.WriteBool(Slow is not null);
        Slow?.Write(writer);
    }

    internal static AssetFeed Read(StateReader reader, AssetIndex asset, StablePriceTerms? damping)
    {
        var feed = new AssetFeed(asset) { Status = StatusOf(reader), StatusSince = reader.ReadInstant(), TakenAt = reader.ReadInstant() };
        OracleStatus made = StatusOf(reader);
        (double price, double confidence, double divergence, double apart) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        feed.Joined = new JoinedPrice(made, price, confidence, reader.ReadInstant(), reader.ReadInt(), divergence) { Apart = apart };
        int count = reader.ReadCount(60);
        if (count > MaxSources) throw reader.Fault($"at most {MaxSources} sources");
        for (int i = 0; i < count; i++)
        {
            var source = new AccountId(reader.ReadText(Identifier.MaxLength));
            (double said, double unsure, double depth, double settled, double then) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            (Instant seen, Instant settledAt) = (reader.ReadInstant(), reader.ReadInstant());
            if (i > 0 && string.CompareOrdinal(feed._reports[^1].Source.Value, source.Value) >= 0) throw reader.Fault("sources in the order of their names");
            feed._reports.Add(new SourceReport(new PriceReport(source, said, unsure, seen, depth), (ReportFault)reader.ReadByte(), settled, settledAt, then));
        }

        if (reader.ReadBool()) feed.Slow = StablePrice.Read(reader, damping ?? StablePriceTerms.Released);

        return feed;
    }

    private static OracleStatus StatusOf(StateReader reader) =>
        (OracleStatus)reader.ReadByte() is <= OracleStatus.Halted and var status ? status : throw reader.Fault("a status of 0 to 3");

    private void Consider(OracleTerms terms, Instant at)
    {
        if ((_due is not { } due || at < due) && StatusAt(terms, at) > Status) _due = at;
    }

    /// <summary>Where a source's report is kept, or the complement of where it would be.</summary>
    private int PlaceOf(AccountId source)
    {
        (int from, int to) = (0, _reports.Count - 1);
        while (from <= to)
        {
            int middle = (from + to) / 2;
            int order = string.CompareOrdinal(_reports[middle].Source.Value, source.Value);
            if (order == 0) return middle;
            if (order < 0) from = middle + 1;
            else to = middle - 1;
        }

        return ~from;
    }
}
