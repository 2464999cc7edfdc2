using System.CommandLine;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll collateral</c>: published haircut schedules, and statements of customers held against them.</summary>
internal static class CollateralVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen) => new Verb(
        "collateral",
        "Haircut tiers that exchanges publish, and whether stated customers keep to them.",
        "collateral schedule samples/collateral/tiers.csv --asset BTC --value 5000000",
        "collateral check samples/collateral/customers.csv --tiers samples/collateral/tiers.csv")
    {
        CollateralCheckVerb.Build(screen),
        CollateralScheduleVerb.Build(screen),
    };
}
