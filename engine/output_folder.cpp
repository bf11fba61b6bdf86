// SPDX-License-Identifier: Apache-2.0
#include "engine/output_folder.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

bool below(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && relative.begin()->string() != ".." && relative != ".";
}

} // namespace

static fs::path named_folder(const Study& study, const std::string& more) {
    fs::path named = study.output.empty() ? "out" : fs::path(study.output).lexically_normal();
    if (!more.empty() && !named.has_filename())
        named = named.parent_path();
    if (!more.empty() && (named.empty() || named == "." || named.filename() == ".."))
        throw Error("output: '{}' has no name for links to go beside; use --output", study.output);
    return named += more;
}

fs::path output_folder(const Study& study, const std::optional<fs::path>& given, const std::string& more) {
    if (given)
        return fs::absolute(*given).lexically_normal();
    const fs::path home = fs::weakly_canonical(study.folder);
    const fs::path here = fs::current_path();
    std::error_code why;
    const fs::path target = fs::weakly_canonical(home / named_folder(study, more), why);
    if (why)
        throw Error("'{}' can't be looked for: {}", layers::excerpt(study.output), why.message());
    if (!below(target, home) && !below(target, here))
        throw Error("'{}' leads out of the study's folder and the working directory; use --output for that",
                    study.output);
    return target;
}

void throw_with_target(const Error& error, const Staging& staging) {
    throw Error("{}", replaced(error.what(), staging.folder().string(), staging.target().string()));
}

} // namespace zonerank::engine
