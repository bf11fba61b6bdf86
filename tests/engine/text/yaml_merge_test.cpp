// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml_merge.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::merged;
using layers::Node;
using tests::same_tree;
using tests::yaml;

namespace {

/// The text that `over` laid on `base` is worth.
void check_laid(const std::string& base, const std::string& over, const std::string& result) {
    CAPTURE(base);
    CAPTURE(over);
    const Node laid = merged(yaml(base), yaml(over));
    CHECK_MESSAGE(same_tree(laid, yaml(result)), engine::to_yaml(laid));
}

/// The same for a criterion, in a whole study and alone.
void check_criterion(const std::string& base, const std::string& over, const std::string& result) {
    const auto study = [](const std::string& body) { return "{criteria: {labor: {literacy: " + body + "}}}"; };
    check_laid(study(base), study(over), study(result));
    CHECK(same_tree(engine::merged_criterion(yaml(base), yaml(over)), yaml(result)));
}

} // namespace

TEST_CASE("laid on: mappings merge, the rest replaces, null removes") {
    check_laid("{a: 1, b: 2}", "{b: 3, c: 4}", "{a: 1, b: 3, c: 4}");
    check_laid("{a: {x: 1, y: 2}}", "{a: {y: 3}}", "{a: {x: 1, y: 3}}");
    check_laid("{a: [1, 2, 3]}", "{a: [4]}", "{a: [4]}");
    check_laid("{a: {x: 1}}", "{a: text}", "{a: text}");
    check_laid("{a: text}", "{a: {x: 1}}", "{a: {x: 1}}");
    check_laid("{a: 1, b: 2}", "{a: null}", "{b: 2}");
    check_laid("{a: {x: 1, y: 2}}", "{a: {x: ~}}", "{a: {y: 2}}");
    check_laid("{a: 1}", "{b: null}", "{a: 1}");
    check_laid("{a: 1}", "{a: 'null'}", "{a: 'null'}");
}

TEST_CASE("laid on: a choice of the same kind merges, another kind replaces") {
    check_criterion("{measure: {distance: {to: roads, limit: 9 km}}}", "{measure: {distance: {limit: 5 km}}}",
                    "{measure: {distance: {to: roads, limit: 5 km}}}");
    check_criterion("{measure: {distance: {to: roads}}}", "{measure: {slope: {of: terrain}}}",
                    "{measure: {slope: {of: terrain}}}");
    check_criterion("{value: {linear: {best: 0}}}", "{value: {piecewise: {0: 1}}}", "{value: {piecewise: {0: 1}}}");
    check_criterion("{site: {share: {above: 8 %}}}", "{site: min}", "{site: min}");
    check_criterion("{site: {share: {above: 8 %}}}", "{site: {edge: {}}}", "{site: {edge: {}}}");
    check_laid("{constraints: {water: {inside: {of: lakes}}}}", "{constraints: {water: {outside: {of: land}}}}",
               "{constraints: {water: {outside: {of: land}}}}");
    check_laid("{constraints: {water: {inside: {of: lakes}}}}", "{constraints: {steep: {above: {limit: 5 %}}}}",
               "{constraints: {water: {inside: {of: lakes}}, steep: {above: {limit: 5 %}}}}");
    check_laid("{constraints: {steep: {above: {measure: {slope: {of: dem}}}}}}",
               "{constraints: {steep: {above: {measure: {sample: {of: dem}}}}}}",
               "{constraints: {steep: {above: {measure: {sample: {of: dem}}}}}}");
    for (const std::string at : {"{{criteria: {{weights: {}}}}}", "{{criteria: {{labor: {{weights: {}}}}}}}"})
        check_laid(fmt::format(fmt::runtime(at), "{ahp: {a vs b: 3}}"),
                   fmt::format(fmt::runtime(at), "{direct: {a: 1}}"),
                   fmt::format(fmt::runtime(at), "{direct: {a: 1}}"));
    check_laid("{aggregate: weighted sum}", "{aggregate: minimum}", "{aggregate: minimum}");
    // One criterion each in a theme is no choice: both stay.
    check_laid("{criteria: {labor: {literacy: {weight: 1}}}}", "{criteria: {labor: {schools: {weight: 2}}}}",
               "{criteria: {labor: {literacy: {weight: 1}, schools: {weight: 2}}}}");
}

TEST_CASE("a criterion named like a choice's key is a criterion") {
    check_laid("{criteria: {labor: {value: {weight: 1}}}}", "{criteria: {labor: {value: {label: V}}}}",
               "{criteria: {labor: {value: {weight: 1, label: V}}}}");
    check_laid("{layers: {site: {source: a.gpkg}}}", "{layers: {site: {where: b}}}",
               "{layers: {site: {source: a.gpkg, where: b}}}");
}

TEST_CASE("a constraint's label stays when its kind is another") {
    check_laid("{constraints: {k: {label: L, inside: {of: lines}}}}",
               "{constraints: {k: {outside: {of: lines, buffer: 2 km}}}}",
               "{constraints: {k: {label: L, outside: {of: lines, buffer: 2 km}}}}");
    check_laid("{constraints: {k: {label: L, inside: {of: lines}}}}", "{constraints: {k: {label: M}}}",
               "{constraints: {k: {label: M, inside: {of: lines}}}}");
    check_laid("{constraints: {k: {inside: {of: lines}}}}", "{constraints: {k: {label: M, inside: {buffer: 1 m}}}}",
               "{constraints: {k: {inside: {of: lines, buffer: 1 m}, label: M}}}");
}

TEST_CASE("a constraint's limit and measure merge one by one") {
    check_laid("{constraints: {steep: {above: {measure: {slope: {of: dem}}, limit: 15 %}}}}",
               "{constraints: {steep: {above: {limit: 10 %}}}}",
               "{constraints: {steep: {above: {measure: {slope: {of: dem}}, limit: 10 %}}}}");
}
