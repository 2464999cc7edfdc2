using Plimsoll.Units;

namespace Plimsoll.Server.Demo;

/// <summary>
/// Keeps a story's time in step with ours at a speed that may be changed, or set to 0, at any moment. A story that cannot
/// keep up is not hurried afterwards: what was missed is given up.
/// </summary>
public sealed class Pace
{
    /// <summary>The highest speed: faster than any machine plays.</summary>
    public const double MaxSpeed = 10_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _speed;
    private long _anchor;
    private Instant? _anchored;

    /// <summary>A pace that begins with the first moment waited for.</summary>
    /// <param name="clock">Our clock.</param>
    /// <param name="speed">Seconds of the story in a second of ours, 0 to <see cref="MaxSpeed"/>; 0 is paused.</param>
    public Pace(TimeProvider clock, double speed)
    {
        _clock = clock;
        _speed = Checked(speed);
    }

    /// <summary>Seconds of the story in a second of ours; 0 is paused.</summary>
    /// <exception cref="InputException">Not within 0 and <see cref="MaxSpeed"/>.</exception>
    public double Speed
    {
        get
        {
            lock (_gate) return _speed;
        }

        set
        {
            double speed = Checked(value);
            TaskCompletionSource before;
            lock (_gate)
            {
                if (_anchored is { } anchored) Anchor(Reached(anchored));
                _speed = speed;
                before = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            before.SetResult();
        }
    }

    /// <summary>Waits until the story has reached a moment.</summary>
    public async ValueTask WaitFor(Instant moment, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan wait;
            Task changed;
            lock (_gate)
            {
                wait = Left(moment);
                changed = _changed.Task;
            }

            if (wait <= TimeSpan.Zero) return;

            await Sleep(wait, changed, cancellation).ConfigureAwait(false);
        }
    }

    private async Task Sleep(TimeSpan wait, Task changed, CancellationToken cancellation)
    {
        if (wait == TimeSpan.MaxValue)
        {
            await changed.WaitAsync(cancellation).ConfigureAwait(false);

            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Task.Delay(wait, _clock, ended.Token), changed).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private TimeSpan Left(Instant moment)
    {
        if (_anchored is null) Anchor(moment);
        if (_speed == 0) return TimeSpan.MaxValue;

        double seconds = ((moment - _anchored!.Value).TotalSeconds / _speed) - _clock.GetElapsedTime(_anchor).TotalSeconds;
        if (seconds < -Patience.TotalSeconds) Anchor(moment);

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3600));
    }

    private Instant Reached(Instant anchored) =>
        new(checked(anchored.UnixMicroseconds + (long)Math.Min(_clock.GetElapsedTime(_anchor).TotalMicroseconds * _speed, Instant.MicrosecondsPerYear)));

    private void Anchor(Instant story) => (_anchored, _anchor) = (story, _clock.GetTimestamp());

    private static double Checked(double speed) => speed is >= 0 and <= MaxSpeed
        ? speed
        : throw new InputException("speed", $"expected 0 to {MaxSpeed:0}");
}
