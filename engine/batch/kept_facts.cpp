// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/kept_facts.hpp"

#include "engine/model/inputs.hpp"
#include "engine/text/checked_json.hpp"
#include "engine/text/sha256.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using layers::Problems;

namespace {

/// Texts one after the other, of which none can be taken for the end of one and the start of the next.
class Texts {
public:
    void add(const std::string& text) { m_sum.add(fmt::format("{}:{}\n", text.size(), text)); }
    std::string hex() { return m_sum.hex(); }

private:
    Sha256 m_sum;
};

/// Whether all of a source could be told.
bool add_source(const std::string& source, const Input& input, const Study& study, InputHashes& hashes, Texts& texts) {
    if (input.is_text || rasters::names_database(source)) {
        texts.add(input.is_text ? hashes.of(source).sha256 : hashes.of_table(source, input.layer).sha256);
        return true;
    }
    for (const fs::path& file : hashes.files_of(source)) {
        texts.add(path_in_study(fs::absolute(file).lexically_normal(), study));
        texts.add(hashes.of(file).sha256);
    }
    const std::vector<rasters::RemoteFile> remotes = hashes.remotes_of(source);
    for (const rasters::RemoteFile& file : remotes)
        if (file.state)
            texts.add(fmt::format("{} {} {} {}", file.name, file.state->bytes, file.state->modified, file.state->tag));
    return std::ranges::all_of(remotes, [](const rasters::RemoteFile& file) { return file.state.has_value(); });
}

bool add_job(const BatchJob& job, InputHashes& hashes, Texts& texts) {
    hashes.next_study();
    Problems problems;
    const Study study = study_from(job.study(problems), job.file, problems);
    texts.add(job.name);
    texts.add(to_yaml(study.expanded));
    for (const Problems::Problem& problem : problems.errors())
        texts.add(problem.text);
    for (const Input& input : inputs_of(study))
        for (const std::string& source : input.paths)
            if (!add_source(source, input, study, hashes, texts))
                return false;
    return true;
}

Json facts_json(const CommonFacts::OfCriterion& of) {
    const Facts& f = of.facts;
    return {{"min", f.min}, {"max", f.max}, {"mean", f.mean}, {"deviation", f.deviation}, {"unit", of.unit}};
}

CommonFacts::OfCriterion facts_of_json(const Json& json) {
    return {{json.at("min"), json.at("max"), json.at("mean"), json.at("deviation")}, json.at("unit")};
}

bool is_finite(const CommonFacts& common) {
    return std::ranges::all_of(common.criteria, [](const auto& named) {
        const Facts& f = named.second.facts;
        return std::isfinite(f.min) && std::isfinite(f.max) && std::isfinite(f.mean) && std::isfinite(f.deviation);
    });
}

} // namespace

std::optional<std::string> signature_of_facts(const std::vector<BatchJob>& jobs, const rasters::Access& access,
                                              InputHashes& hashes, const std::atomic<bool>& stop) {
    Texts texts;
    texts.add(version);
    texts.add(access.network ? "network" : "files");
    for (const std::string& driver : access.drivers)
        texts.add(driver);
    for (const BatchJob& job : jobs) {
        if (stop)
            throw Error("stopped");
        try {
            if (!add_job(job, hashes, texts))
                return std::nullopt;
        } catch (const std::exception&) { // what can't be read now may be there next time
            return std::nullopt;
        }
    }
    return texts.hex();
}

std::optional<CommonFacts> read_facts(const fs::path& file, const std::string& signature) {
    try {
        const Json json = read_own_json(file, 64, "the common facts of a batch of zonerank");
        if (text_member(json, "signature") != signature)
            return std::nullopt;
        CommonFacts common;
        for (const auto& [name, facts] : object_member(json, "criteria", true).items())
            common.criteria[name] = facts_of_json(facts);
        Problems problems;
        for (const auto& [theme, weights] : object_member(json, "weights", true).items())
            common.weights[theme] = parse_yaml(weights.get<std::string>(), "common facts", problems);
        return problems.ok() ? std::optional(std::move(common)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    } catch (const Json::exception&) { // of another shape
        return std::nullopt;
    }
}

void write_facts(const fs::path& file, const std::string& signature, const CommonFacts& common) {
    if (!is_finite(common))
        return;
    Json json{{"program", "zonerank"}, {"version", version}, {"signature", signature}};
    json["criteria"] = json["weights"] = Json::object();
    for (const auto& [name, facts] : common.criteria)
        json["criteria"][name] = facts_json(facts);
    for (const auto& [theme, weights] : common.weights)
        json["weights"][theme] = to_yaml(weights);
    const rasters::Unfinished part(file.parent_path() / (".part-" + file.filename().string()));
    rasters::write_text(part.path(), json.dump(2) + "\n");
    rasters::move_into_place(part.path(), file);
}

} // namespace zonerank::engine
