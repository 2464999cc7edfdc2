using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>The JSON form of the optional sections of the rulebook; a section that says nothing is not written.</summary>
internal static class MarginTermsJson
{
    public static void Write(Utf8JsonWriter json, RiskParameters p)
    {
        if (p.OffsetCredit != 1m) json.WriteNumber("offsetCredit", p.OffsetCredit);
        WriteList(json, "leverage", p.Leverage, Write);
        WriteList(json, "openInterest", p.OpenInterest, Write);
        if (p.Contingencies != MarginContingencies.None) Write(json, p.Contingencies);
    }

    public static ImmutableArray<LeverageTerms> ReadLeverage(JsonFields fields) =>
        [.. fields.OptionalObjects("leverage").Select(line => Ended(line, ReadLine))];

    public static ImmutableArray<OpenInterestTerms> ReadOpenInterest(JsonFields fields) =>
        [.. fields.OptionalObjects("openInterest").Select(line => Ended(line, l => new OpenInterestTerms(
            Instrument(l), l.OptionalName<AssetClass>("class"), l.Decimal("lower"), l.Decimal("upper"))))];

    public static MarginContingencies ReadContingencies(JsonFields fields)
    {
        if (fields.OptionalObject("contingencies") is not { } parts) return MarginContingencies.None;

        return Ended(parts, p => new MarginContingencies
        {
            Basis = Section(p, "basis", s => new BasisTerms(s.Decimal("add"), s.Decimal("perYear"), s.Decimal("perpetual"))),
            Skew = Section(p, "skew", s => new SkewTerms(s.Decimal("cap"), s.Decimal("capPerRootYear"), s.Decimal("width"), s.Decimal("minWidth"))),
            NakedShort = p.OptionalObject("nakedShort") is { } rates ? Ended(rates, Rates) : null,
            Depeg = Section(p, "depeg", s => new DepegTerms(s.Whole("cover"), [.. s.Objects("lines").Select(line => Ended(line, l => new DepegLine(
                Scope(l), l.Decimal("down"), l.Decimal("up"))))])),
            CloseOut = Section(p, "closeOut", s => new CloseOutTerms(Ended(s.Object("parts"), Rates), [.. s.Objects("lines").Select(line => Ended(line, ReadCloseOut))])),
            Confidence = Section(p, "confidence", s => new ConfidenceTerms(s.Decimal("free"), s.Decimal("factor"))),
            Concentration = Section(p, "concentration", s => new ConcentrationTerms(
                s.OptionalDecimal("partOfVolume"), s.OptionalDecimal("partOfOpenInterest"), s.Decimal("rate"))),
        });
    }

    private static LeverageTerms ReadLine(JsonFields line) => new(
        Instrument(line),
        line.OptionalName<AssetClass>("class"),
        [.. line.Objects("tiers").Select(tier => Ended(tier, t => new LeverageTier(t.Decimal("fromNotional"), Rates(t))))]);

    private static CloseOutLine ReadCloseOut(JsonFields l) => new(
        Scope(l), l.Decimal("spread"), l.Decimal("impact"), l.Decimal("dailyVolatility"), l.Decimal("dailyVolume"), l.Decimal("vegaSpread"));

    private static LineRates Rates(JsonFields fields) => new(fields.Decimal("initial"), fields.Decimal("target"), fields.Decimal("maintenance"));

    private static AssetScope Scope(JsonFields fields) => new(
        fields.OptionalText("asset") is { } name ? new AssetId(name) : null, fields.OptionalName<AssetClass>("class"));

    private static InstrumentId? Instrument(JsonFields fields) =>
        fields.OptionalText("instrument") is { } name ? new InstrumentId(name) : null;

    private static T? Section<T>(JsonFields fields, string name, Func<JsonFields, T> read) where T : class =>
        fields.OptionalObject(name) is { } section ? Ended(section, read) : null;

    private static T Ended<T>(JsonFields fields, Func<JsonFields, T> read)
    {
        T value = read(fields);
        fields.End();

        return value;
    }

    private static void Write(Utf8JsonWriter json, MarginContingencies c)
    {
        json.WriteStartObject("contingencies");
        WriteNumbers(json, "basis", c.Basis is { } b ? [("add", b.Add), ("perYear", b.PerYear), ("perpetual", b.Perpetual)] : null);
        WriteNumbers(json, "skew", c.Skew is { } s ? [("cap", s.Cap), ("capPerRootYear", s.CapPerRootYear), ("width", s.Width), ("minWidth", s.MinWidth)] : null);
        if (c.NakedShort is { } naked) WriteRates(json, "nakedShort", naked);
        if (c.Depeg is { } depeg) Write(json, depeg);
        if (c.CloseOut is { } closeOut) Write(json, closeOut);
        WriteNumbers(json, "confidence", c.Confidence is { } f ? [("free", f.Free), ("factor", f.Factor)] : null);
        WriteNumbers(json, "concentration", c.Concentration is { } n
            ? [("partOfVolume", n.PartOfVolume), ("partOfOpenInterest", n.PartOfOpenInterest), ("rate", n.Rate)]
            : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DepegTerms depeg)
    {
        json.WriteStartObject("depeg");
        json.WriteNumber("cover", depeg.Cover);
        json.WriteStartArray("lines");
        foreach (DepegLine line in depeg.Lines) WriteScoped(json, line.Scope, [("down", line.Down), ("up", line.Up)]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CloseOutTerms closeOut)
    {
        json.WriteStartObject("closeOut");
        WriteRates(json, "parts", closeOut.Parts);
        json.WriteStartArray("lines");
        foreach (CloseOutLine l in closeOut.Lines)
        {
            WriteScoped(json, l.Scope, [
                ("spread", l.Spread), ("impact", l.Impact), ("dailyVolatility", l.DailyVolatility), ("dailyVolume", l.DailyVolume), ("vegaSpread", l.VegaSpread)]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LeverageTerms line)
    {
        json.WriteStartObject();
        WriteScope(json, line.Instrument, line.Class);
        json.WriteStartArray("tiers");
        foreach (LeverageTier tier in line.Tiers)
        {
            json.WriteStartObject();
            json.WriteNumber("fromNotional", tier.FromNotional);
            Write(json, tier.Rates);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OpenInterestTerms line)
    {
        json.WriteStartObject();
        WriteScope(json, line.Instrument, line.Class);
        json.WriteNumber("lower", line.Lower);
        json.WriteNumber("upper", line.Upper);
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, InstrumentId? instrument, AssetClass? named)
    {
        if (instrument is { } id) json.WriteString("instrument", id.Value);
        if (named is { } assetClass) json.WriteString("class", RiskParametersJson.NameOf(assetClass));
    }

    private static void WriteScoped(Utf8JsonWriter json, AssetScope scope, ReadOnlySpan<(string Name, decimal Value)> numbers)
    {
        json.WriteStartObject();
        if (scope.Asset is { } asset) json.WriteString("asset", asset.Value);
        if (scope.Class is { } assetClass) json.WriteString("class", RiskParametersJson.NameOf(assetClass));
        foreach ((string name, decimal value) in numbers) json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string section, (string Name, decimal? Value)[]? numbers)
    {
        if (numbers is null) return;

        json.WriteStartObject(section);
        foreach ((string name, decimal? value) in numbers)
            if (value is { } number) json.WriteNumber(name, number);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, string name, LineRates rates)
    {
        json.WriteStartObject(name);
        Write(json, rates);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LineRates rates)
    {
        json.WriteNumber("initial", rates.Initial);
        json.WriteNumber("target", rates.Target);
        json.WriteNumber("maintenance", rates.Maintenance);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, ImmutableArray<T> lines, Action<Utf8JsonWriter, T> write)
    {
        if (lines.IsEmpty) return;

        json.WriteStartArray(name);
        foreach (T line in lines) write(json, line);
        json.WriteEndArray();
    }
}
