using System.Collections.Immutable;
using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Shadow;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params diff</c>: the fields in which two sets differ.</summary>
internal static class ParamsDiffVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var first = new Argument<string>("OLD") { Description = "A set as JSON, or a venue's file for the set in force there." };
        var second = new Argument<string>("NEW") { Description = "The other set." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "diff",
            "The fields in which two sets of parameters differ, each once.",
            "params diff samples/harbour/parameters.json samples/parameters/stricter.json")
        {
            first, second, json,
        };
        verb.SetAction(parsed =>
        {
            ImmutableArray<ParameterChange> changes = ParameterDifference.Between(
                ParameterFiles.ReadEither(parsed.GetRequiredValue(first)), ParameterFiles.ReadEither(parsed.GetRequiredValue(second)));
            if (parsed.GetValue(json)) screen.Json(new { changes = changes.Select(c => new { path = c.Path, old = c.Old, @new = c.New }) });
            else Show(screen, changes);
        });

        return verb;
    }

    /// <summary>The changes as a table.</summary>
    public static void Show(Screen screen, ImmutableArray<ParameterChange> changes)
    {
        Table table = Tables.New("field", ">old", ">new");
        foreach (ParameterChange change in changes)
            table.AddRow(Markup.Escape(change.Path), Figures.In("default", change.Old ?? Figures.None), Figures.In("default", change.New ?? Figures.None));
        if (changes.Length > 0) screen.Page.Section("Changes", table);
        else screen.Line("The sets say the same.");
    }
}
