// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/stopped.hpp"

#include <atomic>
#include <functional>
#include <utility>

namespace zonerank::rasters {

/// The course of a long computation: it tells how far it is, and ends when it is asked
/// to. Copies are of the same one. Safe from any thread.
class Course {
public:
    using Tell = std::function<void(double)>; ///< what part of all is done, 0..1; from any thread

    Course() = default; ///< nobody listens, nothing stops it
    Course(const std::atomic<bool>& stop, Tell tell) : m_stop(&stop), m_tell(std::move(tell)) {}

    /// Throws Stopped when it was asked to; to be called every some tens of milliseconds.
    void check() const {
        if (m_stop != nullptr && *m_stop)
            throw Stopped();
    }
    /// The same, and tells.
    void at(double part) const {
        check();
        if (m_tell)
            m_tell(part);
    }
    /// The course of a stretch of it, from one part to another.
    Course stretch(double from, double to) const {
        Course course = *this;
        if (m_tell)
            course.m_tell = [tell = m_tell, from, to](double part) { tell(from + part * (to - from)); };
        return course;
    }
    /// The course of a part of it that tells nothing by itself.
    Course silent() const {
        Course course = *this;
        course.m_tell = nullptr;
        return course;
    }

private:
    const std::atomic<bool>* m_stop = nullptr;
    Tell m_tell;
};

/// Counts what is done of something, and tells of every thousandth.
class Advance {
public:
    Advance(Course course, double all) : m_course(std::move(course)), m_all(all) {}

    void add(double more) {
        const double before = m_done.fetch_add(more), now = before + more;
        if (m_all > 0 && static_cast<int>(before / m_all * 1000) != static_cast<int>(now / m_all * 1000))
            m_course.at(now / m_all);
        else
            m_course.check();
    }

private:
    Course m_course;
    double m_all;
    std::atomic<double> m_done = 0;
};

} // namespace zonerank::rasters
