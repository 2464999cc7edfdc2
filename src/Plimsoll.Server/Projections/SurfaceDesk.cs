using Plimsoll.Engine.Hosting;
using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Projections;

/// <summary>
/// Fits volatility surfaces when somebody asks, at most every few seconds and never on the engine's thread, which is asked
/// only for a copy of the marks. A chain that was given is fitted once.
/// </summary>
internal sealed class SurfaceDesk(VenueEngine engine, ServerOptions options)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, VolSurface> _earlier = new(StringComparer.Ordinal);
    private Dictionary<string, SurfaceFigures> _figures = new(StringComparer.Ordinal);
    private SurfaceFigures? _first;
    private long _fittedAt;
    private long _sequence = -1;

    /// <summary>A surface by name, or the one with the most quotes; none where there is none of that name. When the engine has stopped, the last.</summary>
    /// <exception cref="EngineHaltedException">The engine has stopped before there was any.</exception>
    public async Task<SurfaceFigures?> Find(string? name)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            bool isDue = options.Chain is null && engine.Halted is null && options.Clock.GetElapsedTime(_fittedAt) >= Apart;
            if (_first is null || isDue) await Fit().ConfigureAwait(false);

            return name is null ? _first : _figures.GetValueOrDefault(name);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task Fit()
    {
        OptionQuote[]? marks = null;
        if (options.Chain is null)
        {
            // Where nothing has happened since, nothing is fitted anew.
            long seen = _sequence;
            (_sequence, marks) = await engine.Look(kernel => (kernel.Sequence, kernel.Sequence == seen ? null : MarkedChain.Of(kernel.State))).ConfigureAwait(false);
            _fittedAt = options.Clock.GetTimestamp();
            if (marks is null) return;
        }

        IReadOnlyList<OptionQuote> quotes = marks ?? options.Chain!.Chain.Quotes;
        string[] names = [.. quotes.GroupBy(quote => quote.Surface).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        SurfaceFigures frame = Frame(names);
        var figures = new Dictionary<string, SurfaceFigures>(StringComparer.Ordinal);
        foreach (string name in names) figures.Add(name, await Task.Run(() => Fitted(quotes, name, frame)).ConfigureAwait(false));
        (_figures, _first) = (figures, names.Length > 0 ? figures[names[0]] : frame);
    }

    private SurfaceFigures Fitted(IReadOnlyList<OptionQuote> quotes, string name, SurfaceFigures frame)
    {
        try
        {
            SurfaceFit fit = SurfaceCalibration.Fit(quotes, name, earlier: _earlier.GetValueOrDefault(name));
            if (fit.Surface.Slices.Count > 0) _earlier[name] = fit.Surface;

            return SurfaceDrawing.Of(fit, options.Chain?.Chain.Unreadable.Count ?? 0, frame);
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            options.Log?.Invoke($"The surface of {name} could not be fitted. {fault.Message}");

            return frame with { Surface = name, Reason = $"The surface of {name} could not be fitted: {fault.Message}" };
        }
    }

    private SurfaceFigures Frame(string[] names) => new(
        names,
        null,
        null,
        options.Chain is null ? "marks" : "chain",
        options.Chain is { } chain ? $"quotes of {chain.Name}" : $"the venue's marks ± {MarkedChain.HalfSpread * 100:0.#} point",
        null, [], [], [], [], [],
        options.Chain is null ? "No option that still runs is listed, so there is no surface." : $"{options.Chain.Name} holds no quote that could be read, so there is no surface.");
}
