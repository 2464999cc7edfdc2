// QuantLib's own pricers behind plain C functions, so that the bench can run them in its own process on its own data.
#include <cstddef>
#include <ql/option.hpp>
#include <ql/pricingengines/blackcalculator.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/version.hpp>

using namespace QuantLib;

namespace {
Option::Type type(double sign) { return sign > 0 ? Option::Call : Option::Put; }
}

extern "C" {

const char* quantlib_version() { return QL_VERSION; }

// Value and four Greeks of each option by BlackCalculator: per forward, per 0.01 of volatility, per day.
void quantlib_greeks(std::size_t count, const double* sign, const double* forward, const double* strike, const double* years,
                     const double* volatility, double* value, double* delta, double* gamma, double* vega, double* theta) {
    for (std::size_t i = 0; i < count; i++) {
        BlackCalculator black(type(sign[i]), strike[i], forward[i], volatility[i] * std::sqrt(years[i]));
        value[i] = black.value();
        delta[i] = black.deltaForward();
        gamma[i] = black.gammaForward();
        vega[i] = black.vega(years[i]) * 0.01;
        theta[i] = black.theta(forward[i], years[i]) / 365;
    }
}

// For each scenario the sum over the book of quantity times blackFormula, every option fully revalued.
void quantlib_scenarios(std::size_t options, const double* sign, const double* forward, const double* strike, const double* years,
                        const double* volatility, const double* quantity, std::size_t scenarios, const double* move,
                        const double* volatilityFactor, double* total) {
    for (std::size_t s = 0; s < scenarios; s++) total[s] = 0;
    for (std::size_t i = 0; i < options; i++) {
        const double root = std::sqrt(years[i]);
        for (std::size_t s = 0; s < scenarios; s++)
            total[s] += quantity[i] * blackFormula(type(sign[i]), strike[i], forward[i] * move[s], volatility[i] * volatilityFactor[s] * root);
    }
}

// Implied volatilities: by safe Newton (which 0) or by the rational method (which 1); NaN where QuantLib throws. Answers the failures.
std::size_t quantlib_implied(int which, std::size_t count, const double* sign, const double* forward, const double* strike,
                             const double* years, const double* price, double accuracy, double* volatility) {
    std::size_t failures = 0;
    for (std::size_t i = 0; i < count; i++) {
        try {
            const double spread = which == 0
                ? blackFormulaImpliedStdDev(type(sign[i]), strike[i], forward[i], price[i], 1.0, 0.0, Null<Real>(), accuracy, 100)
                : blackFormulaImpliedStdDevLiRS(type(sign[i]), strike[i], forward[i], price[i], 1.0, 0.0, Null<Real>(), 1.0, accuracy, 100);
            volatility[i] = spread / std::sqrt(years[i]);
        } catch (...) {
            volatility[i] = std::numeric_limits<double>::quiet_NaN();
            failures++;
        }
    }
    return failures;
}

}
