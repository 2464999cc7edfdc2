using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Engine.Json;

internal sealed class KebabEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The one JSON of commands and events: what the API takes, what the journal keeps, what the docs show.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters =
    [
        typeof(AssetIdConverter), typeof(InstrumentIdConverter), typeof(AccountIdConverter), typeof(CommandIdConverter),
        typeof(ClassIdConverter), typeof(BucketIdConverter), typeof(LimitIdConverter), typeof(KebabEnumConverter<BucketKind>), typeof(KebabEnumConverter<MarginMode>),
        typeof(KebabEnumConverter<OverrideKind>), typeof(KebabEnumConverter<OverrideEnding>),
        typeof(KebabEnumConverter<LimitScope>), typeof(KebabEnumConverter<Measured>), typeof(KebabEnumConverter<LimitLevel>),
        typeof(FiniteConverter), typeof(DecimalConverter), typeof(PriceConverter), typeof(AmountConverter), typeof(LotsConverter), typeof(InstantConverter), typeof(HashConverter),
        typeof(RiskParametersConverter), typeof(KebabEnumConverter<OracleStatus>), typeof(KebabEnumConverter<ReportFault>), typeof(KebabEnumConverter<Fund>), typeof(KebabEnumConverter<Purse>),
        typeof(KebabEnumConverter<LiquidationCause>), typeof(KebabEnumConverter<LiquidationEnding>), typeof(KebabEnumConverter<MarginLine>),
        typeof(KebabEnumConverter<AuctionCause>), typeof(KebabEnumConverter<AuctionForm>), typeof(KebabEnumConverter<AuctionEnding>),
        typeof(KebabEnumConverter<BandKind>), typeof(KebabEnumConverter<HaltCause>), typeof(KebabEnumConverter<FillSource>),
        typeof(KebabEnumConverter<AssetClass>), typeof(KebabEnumConverter<Payoff>),
    ])]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Event[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class WireContext : JsonSerializerContext;
