// SPDX-License-Identifier: Apache-2.0
#include "rasters/crs.hpp"

#include "rasters/error.hpp"

#include <fmt/format.h>
#include <proj.h>
#include <proj_experimental.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double degree = std::numbers::pi / 180;

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

// A horizontal CRS without the wrappings of compound and bound CRSs.
Object horizontal(PJ_CONTEXT* context, const PJ* crs) {
    Object result(proj_clone(context, crs));
    while (result) {
        const PJ_TYPE type = proj_get_type(result.get());
        if (type == PJ_TYPE_COMPOUND_CRS)
            result.reset(proj_crs_get_sub_crs(context, result.get(), 0));
        else if (type == PJ_TYPE_BOUND_CRS)
            result.reset(proj_get_source_crs(context, result.get()));
        else
            break;
    }
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

Crs parse_crs(std::string_view text) {
    std::string definition(text);
    // A bare "+proj=utm" is an operation to PROJ; here it can only mean a CRS.
    if (definition.find("+proj=") != definition.npos && definition.find("type=crs") == definition.npos)
        definition += " +type=crs";
    const bool operation = definition.find("proj=pipeline") != definition.npos;
    const Context context = make_context();
    const Object object = operation ? nullptr : create(context.get(), definition);
    if (!object)
        throw Error("'{:.80}' is no coordinate reference system that PROJ knows (for example EPSG:32643)", text);
    Crs crs = describe(context.get(), object.get());
    if (!crs.known())
        throw Error("'{:.80}' can't be written as WKT", text);
    return crs;
}

Crs wgs84() {
    static const Crs crs = parse_crs("EPSG:4326");
    return crs;
}

bool same(const Crs& a, const Crs& b) {
    if (a.wkt == b.wkt)
        return true;
    if (!a.known() || !b.known())
        return false;
    const Context context = make_context();
    const Object first = create(context.get(), a.wkt), second = create(context.get(), b.wkt);
    return first && second &&
           proj_is_equivalent_to_with_ctx(context.get(), first.get(), second.get(),
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
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
    const Object source = create(context, from.wkt), target = create(context, to.wkt);
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

Transform::Transform(const Crs& from, const Crs& to) {
    if (!from.known() || !to.known())
        throw Error("coordinates can't be transformed: a coordinate reference system is unknown");
    auto pair = std::make_shared<Pair>();
    pair->from = from;
    pair->to = to;
    pair->identity = same(from, to);
    if (!pair->identity) {
        Operation& mine = pair->operations.local();
        mine = make_operation(from, to);
        if (!mine.operation)
            throw Error("there is no way from {} to {}", from.label(), to.label());
    }
    m_pair = std::move(pair);
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

namespace {

// Factors of a projected CRS over points in degrees.
class Factors {
public:
    explicit Factors(const Crs& crs) : m_context(make_context()) {
        const Object object = create(m_context.get(), crs.wkt);
        m_projected = object ? horizontal(m_context.get(), object.get()) : nullptr;
        if (!m_projected || !crs.projected)
            throw Error("{} is no projected coordinate reference system", crs.label());
        // PROJ's factors go wrong by the unit where that is not the metre.
        m_projected.reset(
            proj_crs_alter_cs_linear_unit(m_context.get(), m_projected.get(), "metre", 1, nullptr, nullptr));
        if (!m_projected)
            throw Error("{}: its axes can't be measured in metres", crs.label());
        const Object base(proj_crs_get_geodetic_crs(m_context.get(), m_projected.get()));
        m_base = describe(m_context.get(), base.get());
        m_flat = describe(m_context.get(), m_projected.get());
    }

    const Crs& base() const { return m_base; }
    const Crs& projected() const { return m_flat; }

    // The larger deviation of the two principal directions; infinite where
    // PROJ has no answer.
    double error_at(Point lonlat) const {
        const PJ_FACTORS f = proj_factors(m_projected.get(), proj_coord(lonlat.x * degree, lonlat.y * degree, 0, 0));
        if (proj_errno_reset(m_projected.get()) != 0 || !(f.tissot_semimajor > 0))
            return std::numeric_limits<double>::infinity();
        return std::max(std::abs(f.tissot_semimajor - 1), std::abs(f.tissot_semiminor - 1));
    }

private:
    Context m_context;
    Object m_projected;
    Crs m_base, m_flat;
};

constexpr int lattice = 9;

std::vector<Point> lattice_points(const Box& box, int n) {
    std::vector<Point> points;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
            points.push_back({box.xmin + box.width() * j / (n - 1), box.ymin + box.height() * i / (n - 1)});
    return points;
}

double largest_error(const Factors& factors, std::span<const Point> lonlat) {
    double worst = 0;
    for (const Point p : lonlat)
        worst = std::max(worst, factors.error_at(p));
    return worst;
}

} // namespace

double scale_error(const Crs& crs, const Box& box) {
    const Factors factors(crs);
    std::vector<Point> points = lattice_points(box, lattice);
    for (Point& p : points)
        p = {p.x * crs.metres_per_unit, p.y * crs.metres_per_unit};
    Transform(factors.projected(), factors.base()).apply(points);
    return largest_error(factors, points);
}

Crs default_crs(const Box& lonlat) {
    Box box = lonlat;
    if (box.xmin > box.xmax)
        box.xmax += 360;
    if (box.empty() || box.ymin < -90 || box.ymax > 90)
        throw Error("no area in longitude and latitude: {:g}..{:g}, {:g}..{:g}", lonlat.xmin, lonlat.xmax, lonlat.ymin,
                    lonlat.ymax);
    const Point centre{std::remainder(box.centre().x, 360.0), box.centre().y};
    const int zone = std::clamp(static_cast<int>(std::floor((centre.x + 180) / 6)) + 1, 1, 60);
    const Crs utm = parse_crs(fmt::format("EPSG:{}", (centre.y < 0 ? 32700 : 32600) + zone));
    if (largest_error(Factors(utm), lattice_points(box, lattice)) < 0.001)
        return utm;
    // A tenth of a degree keeps the name short; it does not matter to the error.
    const double lon = std::round(centre.x * 10) / 10, lat = std::round(centre.y * 10) / 10;
    Crs laea = parse_crs(fmt::format("+proj=laea +lat_0={} +lon_0={} +datum=WGS84 +units=m", lat, lon));
    const std::string name = fmt::format("WGS 84 / LAEA centred on {} {}", lat, lon);
    const std::string anonymous = "PROJCRS[\"unknown\"";
    if (laea.wkt.starts_with(anonymous))
        laea = parse_crs("PROJCRS[\"" + name + "\"" + laea.wkt.substr(anonymous.size()));
    return laea;
}

} // namespace zonerank::rasters
