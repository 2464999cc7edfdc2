using System.CommandLine;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params</c>: the risk parameters of a venue as numbered sets: what is in force, what another would do, and changing it.</summary>
internal static class ParamsVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen) => new Verb(
        "params",
        "Risk parameters as numbered sets: show, validate, diff, shadow-run, propose, apply, withdraw.",
        "params validate samples/parameters/stricter.json",
        "params shadow samples/parameters/stricter.json --book samples/books/book.json --market samples/books/market.json --parameters samples/harbour/parameters.json",
        "params diff samples/harbour/parameters.json samples/parameters/stricter.json")
    {
        ParamsShowVerb.Build(screen),
        ParamsValidateVerb.Build(screen),
        ParamsDiffVerb.Build(screen),
        ParamsShadowVerb.Build(screen),
        ParamsProposeVerb.Build(screen),
        ParamsApplyVerb.Build(screen),
        ParamsWithdrawVerb.Build(screen),
    };
}
