using Plimsoll.Markets.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests.Surfaces;

public sealed class A_surface_answers
{
    private static readonly Instant At = Instant.Utc(2024, 11, 1, 8);
    private static readonly Instant Near = Instant.Utc(2024, 11, 15, 8);
    private static readonly Instant Far = Instant.Utc(2024, 12, 27, 8);
    private static readonly EventClock Clock = new(0.5);
    private static readonly VolSurface Surface = new("BTC", At, Clock, [Slice(Near, 0.36, 70_000), Slice(Far, 0.49, 71_000)]);

    [Fact]
    public void At_an_expiry_it_is_the_slice()
    {
        var answer = Surface.OfMoneyness(0.1, Near);
        answer.Variance.ShouldBe(Surface.Slices[0].Smile.Variance(0.1));
        answer.Volatility.ShouldBe(Surface.Slices[0].Smile.Volatility(0.1, At.YearsUntil(Near)), 1e-15);
        answer.Status.ShouldBe(SurfaceStatus.Quoted);
    }

    [Fact]
    public void Between_expiries_variance_is_linear_in_event_time_at_constant_moneyness()
    {
        var between = Instant.Utc(2024, 12, 4, 8);
        var share = Clock.Years(Near, between) / Clock.Years(Near, Far);
        var expected = ((1 - share) * Surface.Slices[0].Smile.Variance(-0.2)) + (share * Surface.Slices[1].Smile.Variance(-0.2));
        Surface.OfMoneyness(-0.2, between).Variance.ShouldBe(expected, 1e-15);
    }

    [Fact]
    public void A_weekend_adds_less_variance_than_as_many_weekdays()
    {
        var (friday, monday, wednesday) = (Instant.Utc(2024, 11, 22, 8), Instant.Utc(2024, 11, 25, 8), Instant.Utc(2024, 11, 28, 8));
        var over = Surface.OfMoneyness(0, monday).Variance - Surface.OfMoneyness(0, friday).Variance;
        var within = Surface.OfMoneyness(0, wednesday).Variance - Surface.OfMoneyness(0, monday).Variance;
        over.ShouldBeLessThan(0.75 * within);
    }

    [Fact]
    public void A_week_is_a_week_on_every_clock_and_only_its_inside_differs()
    {
        var monday = Instant.Utc(2024, 11, 4);
        Clock.Years(monday, Instant.Utc(2024, 11, 11)).ShouldBe(7 / 365.0, 1e-12);
        Clock.Years(monday, Instant.Utc(2024, 11, 9)).ShouldBe(7 / 6.0 * 5 / 365.0, 1e-12);
        default(EventClock).Years(monday, Instant.Utc(2024, 11, 9)).ShouldBe(5 / 365.0, 1e-12);
        Clock.Years(Instant.Utc(2024, 11, 11), monday).ShouldBe(-7 / 365.0, 1e-12);
        Clock.Years(Instant.Utc(1960, 1, 4), Instant.Utc(1960, 1, 11)).ShouldBe(7 / 365.0, 1e-9);
    }

    [Fact]
    public void Every_answer_says_what_it_rests_on()
    {
        Surface.OfMoneyness(0.9, Near).Status.ShouldBe(SurfaceStatus.Wing);
        Surface.OfMoneyness(0, Instant.Utc(2024, 11, 3, 8)).Status.ShouldBe(SurfaceStatus.BeforeFirstExpiry);
        Surface.OfMoneyness(0, Instant.Utc(2025, 1, 3, 8)).ShouldBe(new SurfaceAnswer(double.NaN, double.NaN, SurfaceStatus.BeyondLastExpiry));
        Surface.OfMoneyness(0, At).Status.ShouldBe(SurfaceStatus.Expired);
        Surface.OfMoneyness(double.NaN, Near).Status.ShouldBe(SurfaceStatus.NotANumber);
        Surface.OfStrike(0, 70_000, Near).Status.ShouldBe(SurfaceStatus.NotANumber);
        Surface.OfStrike(70_000, 70_000, Near).Volatility.ShouldBe(0.6, 1e-12);
        new VolSurface("BTC", At, Clock, []).OfMoneyness(0, Near).Status.ShouldBe(SurfaceStatus.BeyondLastExpiry);
    }

    [Fact]
    public void Forwards_lie_on_a_line_of_logarithms_and_are_not_guessed_outside()
    {
        Surface.ForwardAt(Near).ShouldBe(70_000);
        Surface.ForwardAt(Instant.Utc(2024, 12, 6, 8)).ShouldBe(Math.Sqrt(70_000.0 * 71_000), 1e-6);
        Surface.ForwardAt(Instant.Utc(2024, 11, 2, 8)).ShouldBe(double.NaN);
        Surface.ForwardAt(Instant.Utc(2025, 1, 2, 8)).ShouldBe(double.NaN);
    }

    [Fact]
    public void Slices_out_of_order_or_without_a_smile_make_no_surface()
    {
        Should.Throw<ArgumentException>(() => new VolSurface("BTC", At, Clock, [Surface.Slices[1], Surface.Slices[0]]));
        Should.Throw<ArgumentException>(() => new VolSurface("BTC", At, Clock, [Surface.Slices[0] with { Smile = new SviSlice(-1, 0.1, 0, 0, 0.1) }]));
        Should.Throw<ArgumentOutOfRangeException>(() => new EventClock(0));
    }

    [Fact]
    public void The_check_finds_arbitrage_between_and_within_expiries()
    {
        ArbitrageReport.Of(Surface.Slices).IsFree.ShouldBeTrue();
        var crossed = ArbitrageReport.Of([Slice(Near, 0.36, 70_000), Slice(Far, 0.36 * 0.2, 70_000)]);
        crossed.IsFree.ShouldBeFalse();
        crossed.CalendarStep.Value.ShouldBeLessThan(0);
        var steep = ArbitrageReport.Of([Slice(Far, 1, 70_000) with { Smile = new SviSlice(0.04, 0.8, 0, 0.3, 0.1) }]);
        steep.Density.Value.ShouldBe(-0.351, 0.01);
        steep.IsFree.ShouldBeFalse();
    }

    [Fact]
    public void A_bump_keeps_the_wings_and_its_derivatives_are_right()
    {
        const double H = 1e-4;
        var bent = new Smile(new SviSlice(0.02, 0.1, -0.2, 0.05, 0.2), new SmileBump(0.01, 0.1, 0.15));
        foreach (var k in new[] { -0.4, 0.08, 0.3 })
        {
            bent.At(k).Slope.ShouldBe((bent.Variance(k + H) - bent.Variance(k - H)) / (2 * H), 1e-5);
            bent.At(k).Curvature.ShouldBe((bent.At(k + H).Slope - bent.At(k - H).Slope) / (2 * H), 1e-4);
        }

        (bent.Variance(50) - bent.Svi.Variance(50)).ShouldBe(0, 1e-6);
        bent.Rescaled(2).Variance(0.1 * Math.Sqrt(2)).ShouldBe(2 * bent.Variance(0.1), 1e-15);
        bent.Scaled(0.5).Variance(0.1).ShouldBe(0.5 * bent.Variance(0.1), 1e-15);
    }

    private static SurfaceSlice Slice(Instant expiry, double annualVariance, double forward)
    {
        var years = At.YearsUntil(expiry);
        var theta = annualVariance * years;
        return new SurfaceSlice(
            expiry, forward, years, Clock.Years(At, expiry), new EssviSlice(theta, -0.1, 0.8 * Math.Sqrt(theta)).ToRaw()!.Value, -0.5, 0.5, SliceOrigin.Fitted);
    }
}
