// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/archive.hpp"

#include <cstdint>
#include <vector>

namespace zonerank::engine {

/// A score and how many have it.
struct CountedScore {
    double score = 0; ///< no NaN
    std::int64_t count = 1;
};

/// What is told apart when all from a cut upwards is taken for good.
struct RocPoint {
    double cut = 0;          ///< infinite in the first point, where nothing is
    double hits = 0;         ///< share of the good ones that is: the true positive rate
    double false_alarms = 0; ///< share of the others that is: the false positive rate
};

/// How well scores tell the good from the others, over all cuts.
struct Roc {
    /// From (0, 0) to (1, 1), cuts falling; where both rates grow equals are cut through.
    /// Points on the straight way between their neighbours are left out.
    std::vector<RocPoint> points;
    /// The chance that a good one scores higher than another, equals counting half:
    /// 0.5 is chance, 1 is perfect (Mann and Whitney 1947; the area under the curve).
    double area = 0;
    /// Of that area, as of samples drawn independently (Hanley and McNeil 1982, with the
    /// areas Q1 = A / (2 - A) and Q2 = 2 A^2 / (1 + A) of exponential scores).
    double standard_error = 0;
    std::int64_t good = 0, others = 0; ///< how many there are
};

/// REQUIRES counts above 0 whose product is below 2^62. Throws Error when there are no
/// good ones, or no others.
Roc roc(std::vector<CountedScore> good, std::vector<CountedScore> others);

/// The share of scores below that one; equals count half. NaN when there are none.
double share_below(double score, const std::vector<CountedScore>& scores);

/// Counts of scores in 65,536 bins of [0, 1]: sums of whole numbers, which have no
/// order. A score stands for the middle of its bin, off by 2^-17 at most.
class ScoreHistogram {
public:
    ScoreHistogram() : m_counts(bins, 0) {}

    void add(float score) { ++m_counts[bin(score)]; } ///< 0 .. 1, no NaN
    void add(const ScoreHistogram& other);

    void put(rasters::ArchiveOut& out) const { out.put_sums(m_counts); }
    void take(rasters::ArchiveIn& in) { in.add_sums(m_counts); } ///< throws Error for a damaged file

    std::int64_t total() const;
    std::vector<CountedScore> counted() const; ///< of the bins that hold any
    static double middle(double score);        ///< of its bin

private:
    static constexpr std::size_t bins = 65'536;
    static std::size_t bin(double score);
    std::vector<std::int64_t> m_counts;
};

} // namespace zonerank::engine
