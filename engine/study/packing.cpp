// SPDX-License-Identifier: Apache-2.0
#include "engine/study/packing.hpp"

#include "rasters/core/error.hpp"

#include <cmath>

namespace zonerank::engine {

using layers::Params;
using layers::Type;
using rasters::Packing;

static int level(const Params& params, int most) {
    if (!params.has("level"))
        return 0;
    const double given = params.number("level");
    if (given != std::floor(given) || given < 1 || given > most)
        throw Error("level: a whole number from 1 to {} is expected, not {:g}", most, given);
    return static_cast<int>(given);
}

static Packing zstd(const Params& params) {
    return {Packing::Kind::zstd, level(params, 22), 0};
}

static Packing deflate(const Params& params) {
    return {Packing::Kind::deflate, level(params, 12), 0};
}

static Packing lerc(const Params& params) {
    const double error = params.number("max error");
    if (!(error > 0 && std::isfinite(error)))
        throw Error("max error: a number above 0 is expected, not {:g}", error);
    return {Packing::Kind::lerc, 0, error};
}

std::span<const PackingKind> packings() {
    static const PackingKind kinds[] = {
        {"zstd",
         "quick and small; GDAL from 2.3 on and QGIS read it",
         {{.name = "level",
           .help = "1 to 22: smaller, and slower; the default is 1 for numbers, 3 for classes",
           .type = Type::number,
           .optional = true}},
         zstd,
         "Collet and Kucherawy 2021, RFC 8878"},
        {"deflate",
         "what every reader of TIFFs knows",
         {{.name = "level",
           .help = "1 to 12: smaller, and slower; the default is 1 for numbers, 6 for classes",
           .type = Type::number,
           .optional = true}},
         deflate,
         "Deutsch 1996, RFC 1951"},
        {"lerc",
         "numbers are off by no more than stated, and the file is a third as large; classes are packed by zstd",
         {{.name = "max error", .help = "in the numbers' own unit, such as 0.0005", .type = Type::number}},
         lerc,
         "Limited Error Raster Compression, Esri 2015"},
    };
    return kinds;
}

Packing read_packing(const layers::Choice& choice, std::string_view what, layers::Problems& problems) {
    Packing packing;
    problems.guard(choice.mark, what, [&] {
        const PackingKind& kind = layers::find(packings(), "compression", choice.kind);
        const std::size_t before = problems.failures();
        const Params params(choice.body, kind.parameters, {}, what, problems);
        if (problems.failures() == before)
            packing = kind.make(params);
    });
    return packing;
}

} // namespace zonerank::engine
