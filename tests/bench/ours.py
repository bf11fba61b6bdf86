# SPDX-License-Identifier: Apache-2.0
"""The same work for zonerank: studies of it, and the commands that run them. JSON is YAML."""

import json

METHODS = {"t": "eikonal", "t8": "grid8", "t16": "grid16"}
MEASURED = {"b": "roads", "d": "c2", "e": "slope", "f": "mean", **dict.fromkeys(METHODS, "minutes")}  # what `zonerank measure` writes
OVERLAY = {"c1": (25, 1660, 2140), "c2": (20, 3.7, 9.3), "c3": (15, 1400, 400),
           "c4": (15, 15, 75), "c5": (15, 31, 15), "c6": (10, 0.1, 0.7)}  # weight, worst, best
AWAY_FROM = {"roads": (15, "10 km", "0 km"), "facilities": (15, "30 km", "0 km"), "protected": (10, "0 km", "5 km")}


def criterion(measure, weight, worst, best):
    return {"weight": weight, "measure": measure, "value": {"linear": {"worst": worst, "best": best}}}


def sampled(name, weight, worst, best):
    return criterion({"sample": {"of": name}}, weight, worst, best)


def distance(name, weight, worst, best):
    return criterion({"distance": {"to": name}}, weight, worst, best)


SLOPE = {"slope": {"of": "dem"}}


def overlay(data):
    return {"layers": {name: f"{data}/{name}.tif" for name in OVERLAY},
            "criteria": {"all": {name: sampled(name, *terms) for name, terms in OVERLAY.items()}}}


def distance_to_roads(data):
    return {"layers": {"c1": f"{data}/c1.tif", "roads": f"{data}/roads.gpkg"},
            "criteria": {"all": {"roads": distance("roads", 1, "10 km", "0 km")}}}


def zones(data):
    return {"layers": {"c2": f"{data}/c2.tif"},
            "criteria": {"all": {"c2": sampled("c2", 1, 3.7, 9.3)}},
            "sites": {"source": f"{data}/sites.gpkg", "id": "id"}}


def slope(data):
    return {"layers": {"dem": {"source": f"{data}/dem.tif", "unit": "m"}},
            "criteria": {"all": {"slope": criterion(SLOPE, 1, "100 %", "0 %")}}}


def focal(data):
    mean = {"focal": {"of": "c2", "radius": "1 km", "statistic": "mean"}}
    return {"layers": {"c2": f"{data}/c2.tif"},
            "criteria": {"all": {"mean": criterion(mean, 1, 3.7, 9.3)}}}


def travel(method):
    time = {"travel time": {"to": "facilities", "method": method}}
    return lambda data: {
        "layers": {"pace": {"source": f"{data}/friction.tif", "unit": "min/m"},
                   "facilities": f"{data}/facilities.gpkg"},
        "friction": {"speeds": [{"of": "pace"}]},
        "criteria": {"all": {"minutes": criterion(time, 1, "10 h", "0 min")}}}


def whole(data):
    """What people have the program for."""
    return {"layers": {"c1": f"{data}/c1.tif", "c2": f"{data}/c2.tif",
                       "dem": {"source": f"{data}/dem.tif", "unit": "m"},
                       "landcover": {"source": f"{data}/landcover.tif", "values": "classes"},
                       **{name: f"{data}/{name}.gpkg" for name in AWAY_FROM}},
            "criteria": {"all": {**{name: sampled(name, *OVERLAY[name]) for name in ("c1", "c2")},
                                 "slope": criterion(SLOPE, 15, "25 %", "0 %"),
                                 **{name: distance(name, *terms) for name, terms in AWAY_FROM.items()}}},
            "constraints": {"reserves": {"inside": {"of": "protected"}},
                            "farmland": {"classes": {"of": "landcover", "exclude": [5]}},
                            "steep": {"above": {"measure": SLOPE, "limit": "60 %"}}},
            "sites": {"source": f"{data}/sites.gpkg", "id": "id"}}


# Peers write no page and no project: the whole set is a line of its own.
COMPARED = {"report": False, "project": False}
LIKE = {"d": "c2", "e": "dem", "f": "c2", **dict.fromkeys(METHODS, "pace")}  # the rasters all lie in one grid, and the studies' cells are its cells
STUDIES = {"a": overlay, "b": distance_to_roads, "d": zones, "e": slope, "f": focal, "h": whole, "tiny": whole,
           **{work: travel(method) for work, method in METHODS.items()}}


def write_study(work, n, data, path, whole_set=False):
    """`whole_set`: with the files that present the run, which no peer writes."""
    west, north, side = 300_000, 2_500_000, 30 * n
    area = {"box": [west, north - side, west + side, north], "crs": "EPSG:32643"}
    study = {"study": f"benchmark {work}, {n} x {n} cells", "area": area,
             "grid": {"like": LIKE.get(work, "c1")}, **STUDIES[work](data)}
    if not whole_set:
        study["outputs"] = COMPARED
    if "friction" in study:  # ends where the peers' grids end
        study["friction"]["area"] = area
    path.write_text(json.dumps(study, indent=1), encoding="utf-8")


def command(program, work, study, out, threads, sync):
    if work in MEASURED:
        words = ["measure", study, MEASURED[work], "-o", result_of(work, out)]
    else:
        words = ["run", study, "-o", out / "results"]
    return [program, *words, "-q", "--threads", str(threads), *([] if sync else ["--no-sync"])]


def result_of(work, out):
    """What it writes: for the zones a table."""
    if work in MEASURED:
        return out / ("zones.csv" if work == "d" else "map.tif")
    return out / "results" / "suitability.tif"
