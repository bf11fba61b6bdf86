// SPDX-License-Identifier: Apache-2.0
#include "rasters/crs.hpp"

#include "rasters/core/error.hpp"

#include <proj.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyObject {
    void operator()(PJ* object) const { proj_destroy(object); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;
using Object = std::unique_ptr<PJ, DestroyObject>;

Context make_context() {
    Context context(proj_context_create());
    proj_context_set_enable_network(context.get(), 0);
    proj_log_level(context.get(), PJ_LOG_NONE);
    return context;
}

// One for each thread: a new one opens PROJ's database, which takes milliseconds.
PJ_CONTEXT* thread_context() {
    thread_local const Context context = make_context();
    return context.get();
}

// Of a CRS with heights, that of the plane: heights are no business of ours, and
// looking for ways between them leads to grids that nobody has.
Object plane(PJ_CONTEXT* context, Object crs) {
    while (crs && proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
        crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    return crs;
}

// Also without the way to another datum that a bound CRS carries.
Object horizontal(PJ_CONTEXT* context, const PJ* crs) {
    Object result = plane(context, Object(proj_clone(context, crs)));
    while (result && proj_get_type(result.get()) == PJ_TYPE_BOUND_CRS)
        result = plane(context, Object(proj_get_source_crs(context, result.get())));
    return result;
}

Object create(PJ_CONTEXT* context, const std::string& text) {
    Object crs(proj_create(context, text.c_str()));
    return crs && proj_is_crs(crs.get()) ? std::move(crs) : nullptr;
}

double axis_unit(PJ_CONTEXT* context, const PJ* crs) {
    const Object system(proj_crs_get_coordinate_system(context, crs));
    double factor = 1;
    if (system)
        proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr);
    return factor;
}

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string{} : std::string(text);
}

Crs describe(PJ_CONTEXT* context, const PJ* object) {
    Crs crs;
    const char* const one_line[] = {"MULTILINE=NO", nullptr};
    crs.wkt = text_or_empty(proj_as_wkt(context, object, PJ_WKT2_2019, one_line));
    crs.name = text_or_empty(proj_get_name(object));
    const std::string code = text_or_empty(proj_get_id_code(object, 0));
    if (!code.empty())
        crs.authority = text_or_empty(proj_get_id_auth_name(object, 0)) + ":" + code;
    if (const Object flat = horizontal(context, object)) {
        const PJ_TYPE type = proj_get_type(flat.get());
        crs.geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
        crs.projected = type == PJ_TYPE_PROJECTED_CRS;
        if (crs.projected)
            crs.metres_per_unit = axis_unit(context, flat.get());
    }
    return crs;
}

} // namespace

/// A code, a URN, WKT, PROJJSON or a PROJ string, not a name.
static bool is_definition(const std::string& text) {
    return text.find_first_of(":[{") != text.npos || text.find("proj=") != text.npos || text.find("init=") != text.npos;
}

/// PROJ takes part of a name for the whole: `foo` would be some system in feet.
static bool same_name(const std::string& a, const std::string& b) {
    const auto letters = [](const std::string& name) {
        std::string result;
        for (const char c : name)
            if (std::isspace(static_cast<unsigned char>(c)) == 0)
                result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return result;
    };
    return letters(a) == letters(b);
}

static Crs parse(std::string_view text) {
    std::string definition(text);
    // A bare "+proj=utm" is an operation to PROJ; here it can only mean a CRS.
    if (definition.find("+proj=") != std::string::npos && definition.find("type=crs") == std::string::npos)
        definition += " +type=crs";
    const bool operation = definition.find("proj=pipeline") != std::string::npos;
    const Object object = operation ? nullptr : create(thread_context(), definition);
    if (!object || (!is_definition(definition) && !same_name(definition, text_or_empty(proj_get_name(object.get())))))
        throw Error("'{:.80}' is no coordinate reference system that PROJ knows (for example EPSG:32643)", text);
    Crs crs = describe(thread_context(), object.get());
    if (!crs.known())
        throw Error("'{:.80}' can't be written as WKT", text);
    return crs;
}

namespace {

/// Answers to the few questions that come again and again, each of which takes PROJ a
/// millisecond or more; how many there are depends on the user's files.
template <typename Key, typename Answer>
class Memory {
public:
    template <typename Make>
    Answer find_or_make(const Key& key, Make&& make) {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto found = m_known.find(key); found != m_known.end())
                return found->second;
        }
        Answer answer = make();
        const std::lock_guard lock(m_mutex);
        if (m_known.size() < most)
            m_known.emplace(key, answer);
        return answer;
    }

private:
    static constexpr std::size_t most = 1000;
    std::mutex m_mutex;
    std::map<Key, Answer> m_known;
};

} // namespace

Crs parse_crs(std::string_view text) {
    static Memory<std::string, Crs> known;
    return known.find_or_make(std::string(text), [&] { return parse(text); });
}

Crs wgs84() {
    static const Crs crs = parse_crs("EPSG:4326");
    return crs;
}

static bool equivalent(const std::string& a, const std::string& b) {
    PJ_CONTEXT* context = thread_context();
    const Object first = create(context, a), second = create(context, b);
    return first && second &&
           proj_is_equivalent_to_with_ctx(context, first.get(), second.get(),
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

bool same(const Crs& a, const Crs& b) {
    if (a.wkt == b.wkt)
        return true;
    if (!a.known() || !b.known())
        return false;
    static Memory<std::pair<std::string, std::string>, bool> known;
    return known.find_or_make({a.wkt, b.wkt}, [&] { return equivalent(a.wkt, b.wkt); });
}

Crs parse_file_crs(std::string_view wkt) {
    Crs told = parse_crs(wkt);
    if (told.authority.empty())
        return told;
    try {
        Crs defined = parse_crs(told.authority);
        return same(defined, told) ? defined : told;
    } catch (const Error&) { // an authority that PROJ doesn't know
        return told;
    }
}

namespace {

// What one thread works with. The context is declared first: it must outlive
// the operation.
struct Operation {
    Context context;
    Object operation;
};

Operation make_operation(const Crs& from, const Crs& to) {
    Operation result{make_context(), nullptr};
    PJ_CONTEXT* context = result.context.get();
    const Object source = plane(context, create(context, from.wkt)), target = plane(context, create(context, to.wkt));
    if (!source || !target)
        return result;
    const Object plain(proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr));
    if (plain)
        result.operation.reset(proj_normalize_for_visualization(context, plain.get()));
    return result;
}

} // namespace

struct Transform::Pair {
    Crs from, to;
    bool identity = false;
    mutable tbb::enumerable_thread_specific<Operation> operations{};
};

std::shared_ptr<const Transform::Pair> Transform::make(const Crs& from, const Crs& to) {
    auto pair = std::make_shared<Pair>(Pair{from, to, same(from, to)});
    if (!pair->identity) {
        Operation& mine = pair->operations.local();
        mine = make_operation(from, to);
        if (!mine.operation)
            throw Error("there is no way from {} to {}", from.label(), to.label());
    }
    return pair;
}

// Never destroyed: PROJ's own global state may be gone by then.
Transform::Transform(const Crs& from, const Crs& to) {
    static auto& known = *new Memory<std::pair<std::string, std::string>, std::shared_ptr<const Pair>>;
    if (!from.known() || !to.known())
        throw Error("coordinates can't be transformed: a coordinate reference system is unknown");
    m_pair = known.find_or_make({from.wkt, to.wkt}, [&] { return make(from, to); });
}

bool Transform::identity() const {
    return m_pair->identity;
}

const Crs& Transform::from() const {
    return m_pair->from;
}

const Crs& Transform::to() const {
    return m_pair->to;
}

Point Transform::operator()(Point p) const {
    apply({&p, 1});
    return p;
}

void Transform::apply(std::span<Point> points) const {
    if (m_pair->identity || points.empty())
        return;
    Operation& mine = m_pair->operations.local();
    if (!mine.operation)
        mine = make_operation(m_pair->from, m_pair->to);
    const std::size_t n = points.size();
    proj_errno_reset(mine.operation.get());
    proj_trans_generic(mine.operation.get(), PJ_FWD, &points[0].x, sizeof(Point), n, &points[0].y, sizeof(Point), n,
                       nullptr, 0, 0, nullptr, 0, 0);
    for (Point& p : points)
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            p = {nan, nan};
}

} // namespace zonerank::rasters
