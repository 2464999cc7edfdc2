using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>The canonical encoding of limits, risk buckets and breaches, and its reading.</summary>
internal static class LimitEncoding
{
    private const string Section = "LIMT";
    private const ushort Version = 1;

    public static void Write(LimitBook book, StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(book.Buckets.Count);
        foreach (RiskBucket bucket in book.Buckets.Values) Write(bucket, writer);
        writer.WriteInt(book.Terms.Count);
        foreach (LimitTerms terms in book.Terms.Values) Write(terms, writer);
        (LimitId Limit, int Place, LimitLevel Level)[] levels = [.. book.Levels];
        writer.WriteInt(levels.Length);
        foreach ((LimitId limit, int place, LimitLevel level) in levels)
        {
            writer.WriteText(limit.Value);
            writer.WriteInt(place);
            writer.WriteByte((byte)level);
        }
    }

    public static void Read(LimitBook book, StateReader reader)
    {
        reader.Section(Section, Version);
        for (int left = reader.ReadCount(40); left > 0; left--) book.Set(ReadBucket(reader));
        for (int left = reader.ReadCount(15); left > 0; left--) book.Set(ReadTerms(reader));
        for (int left = reader.ReadCount(9); left > 0; left--)
            book.Restore(new LimitId(reader.ReadText(Identifier.MaxLength)), reader.ReadInt(), (LimitLevel)reader.ReadByte());
    }

    private static void Write(RiskBucket bucket, StateWriter writer)
    {
        writer.WriteText(bucket.Id.Value);
        writer.WriteByte((byte)bucket.Kind);
        writer.WriteInt(bucket.Assets.Count);
        foreach (AssetId asset in bucket.Assets) writer.WriteText(asset.Value);
        writer.WriteInt(bucket.Instruments.Count);
        foreach (InstrumentId instrument in bucket.Instruments) writer.WriteText(instrument.Value);
        writer.WriteInt(bucket.Places.Count);
        foreach (Fund place in bucket.Places) writer.WriteByte((byte)place);
        writer.WriteDouble(bucket.Failure.Intensity);
        writer.WriteDouble(bucket.Failure.LossGivenFailure);
        writer.WriteDouble(bucket.Oracle.Intensity);
        writer.WriteDouble(bucket.Oracle.LossGivenFailure);
        writer.WriteBool(bucket.Manipulation is not null);
        if (bucket.Manipulation is not { } terms) return;

        writer.WriteDouble(terms.Move);
        writer.WriteDouble(terms.DailyVolume);
        writer.WriteDouble(terms.DailyVolatility);
    }

    private static RiskBucket ReadBucket(StateReader reader)
    {
        var id = new BucketId(reader.ReadText(Identifier.MaxLength));
        var kind = (BucketKind)reader.ReadByte();
        var assets = new AssetId[reader.ReadCount(4)];
        for (int i = 0; i < assets.Length; i++) assets[i] = new AssetId(reader.ReadText(Identifier.MaxLength));
        var instruments = new InstrumentId[reader.ReadCount(4)];
        for (int i = 0; i < instruments.Length; i++) instruments[i] = new InstrumentId(reader.ReadText(Identifier.MaxLength));
        var places = new Fund[reader.ReadCount(1)];
        for (int i = 0; i < places.Length; i++) places[i] = (Fund)reader.ReadByte();
        var failure = new FailureTerms(reader.ReadDouble(), reader.ReadDouble());
        var oracle = new FailureTerms(reader.ReadDouble(), reader.ReadDouble());
        ManipulationTerms? manipulation = reader.ReadBool() ? new ManipulationTerms(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()) : null;

        return new RiskBucket(id, kind, assets, instruments, places, failure, oracle, manipulation);
    }

    private static void Write(LimitTerms terms, StateWriter writer)
    {
        writer.WriteText(terms.Id.Value);
        writer.WriteByte((byte)terms.Scope);
        writer.WriteText(terms.Of ?? "");
        writer.WriteByte((byte)terms.Measure);
        writer.WriteBool(terms.Gross);
        writer.WriteText(terms.Underlying?.Value ?? "");
        writer.WriteText(terms.Bucket?.Value ?? "");

        // A line that is not drawn is written as none below: a limit's own are at least 0.
        writer.WriteDouble(terms.Soft ?? -1);
        writer.WriteDouble(terms.Hard ?? -1);
    }

    private static LimitTerms ReadTerms(StateReader reader)
    {
        var id = new LimitId(reader.ReadText(Identifier.MaxLength));
        var scope = (LimitScope)reader.ReadByte();
        string of = reader.ReadText(Identifier.MaxLength);
        var measure = (Measured)reader.ReadByte();
        bool gross = reader.ReadBool();
        string underlying = reader.ReadText(Identifier.MaxLength);
        string bucket = reader.ReadText(Identifier.MaxLength);
        (double soft, double hard) = (reader.ReadDouble(), reader.ReadDouble());

        return new LimitTerms(
            id, scope, of.Length > 0 ? of : null, measure, gross,
            underlying.Length > 0 ? new AssetId(underlying) : null,
            bucket.Length > 0 ? new BucketId(bucket) : null,
            soft >= 0 ? soft : null,
            hard >= 0 ? hard : null);
    }
}
