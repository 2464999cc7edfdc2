using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Shows how far long work is, where somebody watches.</summary>
internal static class Watch
{
    /// <summary>Does work that says how far it is, as a part of 1, and what it is at.</summary>
    public static T Over<T>(Screen screen, string what, Func<Action<double, string>, T> work)
    {
        if (!screen.IsWatched) return work((_, _) => { });

        T answer = default!;
        screen.Status.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 32 }, new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(what), maxValue: 1);
                answer = work((done, at) =>
                {
                    task.Value = done;
                    task.Description = Markup.Escape(at);
                });
            });

        return answer;
    }
}
