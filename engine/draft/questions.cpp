// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/questions.hpp"

#include "engine/draft/roles.hpp"
#include "engine/draft/yaml_word.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <iostream>
#include <istream>

namespace zonerank::engine {

namespace {

/// One of several things to do, the first of which is the default.
struct Choice {
    std::string text;
    std::function<void()> take;
};

std::string trimmed(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == line.npos ? "" : line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

class Asking {
public:
    explicit Asking(Console console) : m_console(console) {}

    /// Empty: the default is taken, or nobody is there.
    std::string line(const std::string& question) {
        m_console.out << shown_on_terminal(question) << ' ' << std::flush;
        std::string answer;
        if (!std::getline(m_console.in, answer))
            m_console.out << '\n';
        return trimmed(answer);
    }

    /// Until `take` is content with the answer; an empty one is nothing to take.
    /// Returns whether there was one.
    bool text(const std::string& question, const std::function<void(const std::string&)>& take) {
        for (std::string answer = line(question); !answer.empty(); answer = line(question))
            if (fits([&] { take(answer); }))
                return true;
        return false;
    }

    void choice(const std::string& question, const std::vector<Choice>& choices) {
        m_console.out << '\n' << shown_on_terminal(question) << '\n';
        for (std::size_t i = 0; i < choices.size(); ++i)
            m_console.out << fmt::format("  {}  {}{}\n", i + 1, shown_on_terminal(choices[i].text),
                                         i == 0 ? " (Enter)" : "");
        text("Number:", [&](const std::string& answer) { choices[number(answer, choices.size()) - 1].take(); });
    }

private:
    static std::size_t number(const std::string& answer, std::size_t most) {
        std::size_t found = 0;
        const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), found);
        if (error != std::errc{} || end != answer.data() + answer.size() || found < 1 || found > most)
            throw Error("expected a number from 1 to {}, found '{}'", most, layers::excerpt(answer));
        return found;
    }

    bool fits(const std::function<void()>& take) {
        try {
            take();
            return true;
        } catch (const Error& e) {
            m_console.out << shown_on_terminal(e.what()) << '\n';
            return false;
        }
    }

    Console m_console;
};

/// Polygons whose names tell them apart, and the field that has the names.
struct Named {
    const FoundLayer* layer = nullptr;
    const layers::FieldSurvey* field = nullptr;
};

bool tells_apart(const layers::FieldSurvey& field, const layers::LayerSurvey& survey) {
    return !field.numbers && !field.tag && !field.more && field.values.size() > 1 &&
           field.values.size() * 10 > static_cast<std::size_t>(survey.looked_at) * 9;
}

std::vector<Named> named_polygons(const FoundData& data) {
    std::vector<Named> found;
    for (const FoundLayer& layer : data.layers) {
        if (guess(role_called("districts"), layer).strength == 0)
            continue;
        for (const layers::FieldSurvey& field : layer.survey.fields)
            if (tells_apart(field, layer.survey)) {
                found.push_back({&layer, &field});
                break;
            }
    }
    return found;
}

void take_named(Wishes& wishes, const Named& named, const std::string& answer) {
    std::vector<std::string> known;
    for (const layers::ValueCount& value : named.field->values)
        known.push_back(value.value);
    if (std::ranges::find(known, answer) == known.end())
        throw Error("{}", layers::unknown(named.field->name, answer, known));
    wishes.area = NamedLayer{named.layer->path, named.layer->layer,
                             fmt::format("{} = {}", where_field(named.field->name), where_text(answer))};
}

void ask_area(Wishes& wishes, const FoundData& data, Asking& asking) {
    std::vector<Choice> choices{{wishes.sites ? "20 km around the sites" : "where the data reach", [] {}}};
    for (const Named& named : named_polygons(data))
        choices.push_back(
            {fmt::format("one of the {} polygons of {}, by its {}", with_thousands(named.layer->survey.count),
                         named.layer->called, named.field->name),
             [&wishes, &asking, named] {
                 asking.text(fmt::format("Which {}, such as {}?", named.field->name, named.field->values.front().value),
                             [&](const std::string& answer) { take_named(wishes, named, answer); });
             }});
    choices.push_back({"around a place", [&] {
                           asking.text("Longitude,latitude, such as 73.75,33.15:", [&](const std::string& place) {
                               wishes.box = box_around(place, "20 km");
                               asking.text("How far around (Enter: 20 km)?",
                                           [&](const std::string& radius) { wishes.box = box_around(place, radius); });
                           });
                       }});
    choices.push_back({"a box", [&] {
                           asking.text("West,south,east,north in degrees:",
                                       [&](const std::string& answer) { wishes.box = box_of(answer); });
                       }});
    asking.choice("Which area is to be scored?", choices);
}

void ask_sites(Wishes& wishes, const std::filesystem::path& folder, Asking& asking) {
    asking.choice("Which candidate sites are to be ranked?",
                  {{"what looks like sites, else the larger industrial areas", [] {}},
                   {"those in a file",
                    [&] {
                        asking.text("File, or file:layer:",
                                    [&](const std::string& answer) { wishes.sites = named_layer(answer, folder); });
                    }},
                   {"none: a map will do", [&] { wishes.no_sites = true; }}});
}

} // namespace

void ask(Wishes& wishes, const FoundData& data, const std::filesystem::path& folder, Console console) {
    Asking asking(console);
    if (!wishes.sites && !wishes.no_sites)
        ask_sites(wishes, folder, asking);
    if (!wishes.area && !wishes.box)
        ask_area(wishes, data, asking);
    if (wishes.title.empty()) {
        console.out << '\n';
        asking.text("A title (Enter: one will be made):", [&](const std::string& answer) { wishes.title = answer; });
    }
}

} // namespace zonerank::engine
