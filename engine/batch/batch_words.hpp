// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/problems.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace zonerank::engine {

/// What a batch tells people of its districts while it is at work: each thing once, with the first district
/// that it is true of, and how many more there were at the end. From any thread, a line at a time.
class BatchWords {
public:
    explicit BatchWords(std::function<void(const std::string& line)> tell) : m_tell(std::move(tell)) {}

    void failed(const std::string& district, const std::string& why);

    /// Of what is at one place of the study one district's figures are told: others have other figures.
    void warned(const std::string& district, const layers::Problems::Problem& warning);

    void repetitions(); ///< of both so far

private:
    void tell(const std::string& line) const;

    std::function<void(const std::string&)> m_tell;
    std::mutex m_mutex;
    std::map<std::string, std::size_t> m_failures; ///< by what went wrong
    std::map<std::string, std::size_t> m_warnings; ///< by place
};

} // namespace zonerank::engine
