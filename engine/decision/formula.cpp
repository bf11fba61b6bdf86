// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/formula.hpp"

#include "engine/decision/formula_text.hpp"
#include "layers/terms/problems.hpp"

#include <muParser.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <mutex>
#include <vector>

namespace zonerank::engine {

namespace {

constexpr double farthest = 1e15; ///< what an infinite x counts as

/// A parser may be used by one thread at a time.
struct Parser {
    mu::Parser parser;
    double x = 0;

    double at(double given) {
        x = given > farthest ? farthest : given < -farthest ? -farthest : given;
        const double value = parser.Eval();
        return value != value ? std::numeric_limits<double>::quiet_NaN() : value;
    }
};

/// muParser's token, without the blank that it ends a formula with.
std::string token_of(const mu::Parser::exception_type& e) {
    std::string token = e.GetToken();
    token.erase(token.find_last_not_of(' ') + 1);
    return layers::excerpt(token);
}

std::string complaint(const mu::Parser::exception_type& e) {
    switch (e.GetCode()) {
    case mu::ecUNASSIGNABLE_TOKEN:
        return fmt::format("'{}' is not known here; a formula is made of numbers, x, its constants and functions such "
                           "as exp, ln, sqrt, abs, min and max",
                           token_of(e));
    case mu::ecUNEXPECTED_EOF:
        return "the formula breaks off";
    case mu::ecMISSING_PARENS:
        return "a ')' is missing";
    case mu::ecTOO_FEW_PARAMS:
    case mu::ecTOO_MANY_PARAMS:
        return fmt::format("'{}' takes {} numbers", e.GetToken(),
                           e.GetCode() == mu::ecTOO_FEW_PARAMS ? "more" : "fewer");
    case mu::ecMISSING_ELSE_CLAUSE:
        return "'? :' is missing its ':'";
    default:
        return fmt::format("'{}' is not expected here", token_of(e));
    }
}

[[noreturn]] void refuse(const mu::Parser::exception_type& e, const std::string& text) {
    const bool placed = e.GetPos() >= 0;
    const auto at = std::min(placed ? static_cast<std::size_t>(e.GetPos()) : text.size(), text.size());
    refuse_formula(text, at, complaint(e));
}

void define(mu::Parser& parser, const std::string& name, double value) {
    const bool plain =
        std::ranges::all_of(name, [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_'); });
    if (!plain || std::isdigit(static_cast<unsigned char>(name.front())) != 0 || name.size() > 100 ||
        parser.GetFunDef().contains(name))
        throw Error("'{}' can't be the name of a constant: a name is a word of letters, digits and _, which no "
                    "function has",
                    layers::excerpt(name));
    parser.DefineConst(name, value);
}

std::unique_ptr<Parser> made(const FormulaText& formula, const layers::Categories& constants) {
    auto made = std::make_unique<Parser>();
    made->parser.ClearInfixOprt();
    made->parser.DefineInfixOprt("-", [](double v) { return -v; });
    made->parser.DefineInfixOprt("+", [](double v) { return v; });
    made->parser.DefineVar("x", &made->x);
    for (const auto& [name, value] : formula.quantities)
        made->parser.DefineConst(name, value);
    for (const auto& [name, value] : constants) {
        if (name.text.empty() || name.text == "x" || name.text.front() == '_')
            throw Error("constants need names of their own, found {}",
                        name.text.empty() ? "a number" : "'" + name.text + "'");
        define(made->parser, name.text, value);
    }
    made->parser.SetExpr(formula.text);
    return made;
}

bool gives_numbers(Parser& parser) {
    for (double x = 1e-6; x <= 1e6; x *= 10)
        for (const double at : {-x, 0.0, x, 3 * x})
            if (!std::isnan(parser.at(at)))
                return true;
    return false;
}

} // namespace

/// Parsers of one formula that wait for work; one more is made when none does.
class Formula::Parsers {
public:
    Parsers(FormulaText formula, layers::Categories constants)
        : m_formula(std::move(formula)), m_constants(std::move(constants)) {
        m_idle.push_back(checked());
    }

    template <typename Work>
    void lend(Work&& work) {
        std::unique_ptr<Parser> parser = take();
        work(*parser);
        const std::scoped_lock lock(m_mutex);
        m_idle.push_back(std::move(parser));
    }

private:
    std::unique_ptr<Parser> checked() const {
        if (m_formula.text.find_first_not_of(" \t\n") == std::string::npos)
            throw Error("the formula is empty");
        std::unique_ptr<Parser> parser;
        try {
            parser = made(m_formula, m_constants);
            parser->at(0);
        } catch (const mu::Parser::exception_type& e) {
            refuse(e, m_formula.text);
        }
        if (parser->parser.GetNumResults() != 1)
            refuse_formula(m_formula.text, m_formula.text.find(','), "',' stands only between a function's numbers");
        if (!gives_numbers(*parser))
            throw Error("the formula gives no number, whatever x is");
        return parser;
    }

    std::unique_ptr<Parser> take() {
        const std::scoped_lock lock(m_mutex);
        if (m_idle.empty())
            return made(m_formula, m_constants);
        auto parser = std::move(m_idle.back());
        m_idle.pop_back();
        return parser;
    }

    FormulaText m_formula;
    layers::Categories m_constants;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Parser>> m_idle;
};

Formula::Formula(const std::string& text, const layers::Unit& base, const layers::Unit& in,
                 const layers::Categories& constants)
    : m_parsers(std::make_shared<Parsers>(read_formula(text, base, in), constants)),
      m_base_per_unit(in.factor / base.factor) {}

double Formula::operator()(double measurement) const {
    double result = 0;
    m_parsers->lend([&](Parser& parser) { result = parser.at(measurement / m_base_per_unit); });
    return result;
}

void Formula::operator()(std::span<const float> measurements, std::span<double> results) const {
    m_parsers->lend([&](Parser& parser) {
        for (std::size_t i = 0; i < measurements.size(); ++i)
            results[i] = parser.at(static_cast<double>(measurements[i]) / m_base_per_unit);
    });
}

} // namespace zonerank::engine
