# SPDX-License-Identifier: Apache-2.0
"""Mistakes in a study's data: told at the layer's line, whoever measures it, and once."""

import re
import unittest

import data
from complaints import Mistakes, wrong

CRS = {
    "of degrees": ([("EPSG:32643", "EPSG:4326")],
        ["study.yaml:3:13: grid: crs: EPSG:4326 is in degrees; a grid needs a projected CRS in metres, "
         "such as EPSG:32643 here"]),
    "of feet": ([("EPSG:32643", "EPSG:2263")],
        ["study.yaml:3:13: grid: crs: EPSG:2263 is not in metres; a grid needs a projected CRS in metres, "
         "such as EPSG:32643 here"]),
    "of none": ([("EPSG:32643", "EPSG:99999")],
        ["study.yaml:3:13: grid: crs: 'EPSG:99999' is no coordinate reference system that PROJ knows "
         "(for example EPSG:32643)"]),
    "no CRS of lines": ([("data/roads.gpkg", "data/bare.gpkg")],
        ["study.yaml:5:3: layer 'roads': bare.gpkg has no CRS; write which one it is in, "
         "as in `crs: EPSG:4326` for longitude and latitude"]),
    "no CRS of a raster": ([("data/terrain.tif", "data/bare.tif")],
        ["study.yaml:8:3: layer 'terrain': {folder}/data/bare.tif has no CRS; write which one it is in, "
         "as in `crs: EPSG:32643`"]),
}

MISSING = {
    "file": ([("data/towns.geojson", "data/town.geojson")],
        ["study.yaml:6:19: layer 'towns': source: there is no file {folder}/data/town.geojson; "
         "did you mean 'towns.geojson'?"]),
    "folder": ([("data/towns.geojson", "dota/towns.geojson")],
        ["study.yaml:6:19: layer 'towns': source: there is no folder {folder}/dota"]),
    "files of a pattern": ([("data/terrain.tif", "'data/dem*.tif'")],
        ["study.yaml:8:21: layer 'terrain': source: no file matches {folder}/data/dem*.tif"]),
    "file of the area": ([("data/area.geojson", "data/aera.geojson")],
        ["study.yaml:2:16: area: source: there is no file {folder}/data/aera.geojson; did you mean 'area.geojson'?"]),
    "file of the sites": ([("data/sites.geojson", "data/site.geojson")],
        ["study.yaml:32:17: sites: source: there is no file {folder}/data/site.geojson; "
         "did you mean 'sites.geojson'?"]),
    "layer": ([("layer: roads}", "layer: raods}")],
        ["study.yaml:5:3: layer 'roads': roads.gpkg: unknown layer 'raods'; did you mean 'roads'?"]),
    "field": ([("field: literacy", "field: literacie")],
        ["study.yaml:27:33: criterion 'literacy': layer 'districts': districts.geojson: unknown field 'literacie'; "
         "did you mean 'literacy'?"]),
    "field of a condition": ([("class = 'trunk'", "klass = 'trunk'")],
        ["study.yaml:15:32: criterion 'highway': layer 'roads': roads.gpkg: where: unknown field 'klass'; "
         "did you mean 'class'?"]),
    "field of the sites": ([("keep: [note]", "keep: [nite]")],
        ["study.yaml:32:1: sites: sites.geojson: unknown field 'nite'; did you mean 'note'?"]),
    "band": ([("terrain.tif, unit: m", "terrain.tif, unit: m, band: 3")],
        ["study.yaml:8:3: layer 'terrain': {folder}/data/terrain.tif: has no band 3; it has 1"]),
    "a feature that fits": ([("class = 'trunk'", "class = 'motorway'")],
        ["study.yaml:13:5: criterion 'highway': layer 'roads': no features where class = 'motorway'"]),
}

KINDS = {
    "a raster for features": ([("{to: towns}", "{to: terrain}")],
        ["study.yaml:19:32: criterion 'town': layer 'terrain' is a raster; distance needs points, lines or polygons"]),
    "features for a raster": ([("{of: terrain}}\n", "{of: towns}}\n")],
        ["study.yaml:24:29: criterion 'slope': layer 'towns' holds points; slope needs a raster"]),
    "points for polygons": ([("of: districts", "of: towns")],
        ["study.yaml:27:33: criterion 'literacy': layer 'towns' holds points; attribute needs polygons"]),
    "texts for numbers": ([("field: literacy", "field: kind")],
        ["study.yaml:26:5: criterion 'literacy': layer 'districts': kind is text ('rural'); "
         "attribute needs numbers, category takes texts"]),
    "an empty layer": ([("data/roads.gpkg", "data/empty.gpkg")],
        ["study.yaml:15:32: criterion 'highway': layer 'roads' is empty"]),
    "features without geometry": ([("data/towns.geojson", "data/nowhere.geojson")],
        ["study.yaml:17:5: criterion 'town': layer 'towns': no features with a geometry"]),
    "another format": ([("data/towns.geojson", "data/towns.docx")],
        ["study.yaml:6:3: layer 'towns': {folder}/data/towns.docx: can't be opened: it is of no format that is read "
         "here (--allow-driver adds one of GDAL's)"]),
    "an address": ([("data/towns.geojson", "https://example.org/x.geojson")],
        ["study.yaml:6:3: layer 'towns': https://example.org/x.geojson: URLs and /vsi paths are opened only with "
         "--allow-network"]),
    "a database": ([("data/towns.geojson", "'PG:dbname=x'")],
        ["study.yaml:6:3: layer 'towns': PG:dbname=x: 'PG:' connections are opened only with --allow-network"]),
}

PLACES = {
    "a raster elsewhere": ([("data/terrain.tif", "data/far.tif")],
        ["study.yaml:8:3: layer 'terrain': it doesn't reach the area: in EPSG:32643 it covers x 580000 to 585000, "
         "y 3860000 to 3865000, and the area x 380000 to 392000, y 3659998 to 3672000"]),
    "polygons elsewhere": ([("data/districts.geojson", "data/far.geojson")],
        ["study.yaml:7:3: layer 'districts': it doesn't reach the area: in EPSG:4326 it covers x 76.93 to 76.95, "
         "y 33.06 to 33.08, and the area x 73.71 to 73.84, y 33.07 to 33.18"]),
    "all sites elsewhere": ([("data/sites.geojson", "data/far.geojson")],
        ["study.yaml:32:1: sites: all 2 sites lie outside the area"]),
    "no area": ([("{source: data/area.geojson}", "{source: data/districts.geojson, where: \"kind = 'x'\"}")],
        ["study.yaml:2:1: area: the source has no polygon where kind = 'x'"]),
    "nothing left of it": ([("area.geojson}", "area.geojson, buffer: -8 km}")],
        ["study.yaml:2:1: area: nothing is left of the area inside its negative buffer"]),
    "a box upside down": ([("{source: data/area.geojson}", "{box: [73.7, 33.2, 73.8, 33.1]}")],
        ["study.yaml:2:13: area: box: the south edge 33.2 must be below the north edge 33.1"]),
    "points without a footprint": ([("sites.geojson, name: name, id: id, keep: [note]", "towns.geojson, name: name")],
        ["study.yaml:32:1: sites: site 'A' is a point; give the sites a footprint, "
         "such as `footprint: {area: 400 ha}`"]),
    "the same id twice": ([("id: id", "id: note"), ("sites.geojson, name: name", "far.geojson, name: name")],
        ["study.yaml:32:1: sites: two sites have the id 'far'"]),
}

DAMAGED = {
    "in the middle": ([("data/terrain.tif", "data/cut.tif")],
        [re.compile(r"^study.yaml:23:5: criterion 'slope': \S+/data/cut.tif: damaged or truncated: ")]),
    "by numbers that no map has": ([("data/terrain.tif", "data/void.tif"), ("{slope: {of: terrain}}\n", "{sample: {of: terrain}}\n"),
                                    ("{piecewise: {0 %: 1, 15 %: 0}}", "{linear: {best: 0 m, worst: 9 m}}")],
        [re.compile(r"^study.yaml:23:5: criterion 'slope': -3.4e\+37 is too large to be summed; if it means no data, ")]),
    "in the middle, of a constraint": ([("  steep: {above: {measure: {slope: {of: terrain}}", "  steep: {above: {measure: {slope: {of: cut}}"),
                                        ("layers:\n", "layers:\n  cut: {source: data/cut.tif, unit: m}\n")],
        [re.compile(r"^study.yaml:31:3: constraint 'steep': \S+/data/cut.tif: damaged or truncated: ")]),
    "in its head": ([("data/terrain.tif", "data/head.tif")],
        [re.compile(r"^study.yaml:8:3: layer 'terrain': \S+/data/head.tif: can't be opened: ")]),
    "of features": ([("data/roads.gpkg", "data/cut.gpkg")],
        [re.compile(r"^study.yaml:5:3: layer 'roads': \S*cut.gpkg: ")]),
}


class Files(Mistakes):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.folder / "data"
        road = (data.line((0, 0), (9000, 9000)), "trunk")
        data.write_gpkg(folder / "bare.gpkg", "roads", road, code=None)
        data.write_gpkg(folder / "empty.gpkg", "roads")
        data.write_raster(folder / "bare.tif", data.height, code=None)
        data.write_raster(folder / "far.tif", data.height, box=(200_000, 200_000, 205_000, 205_000))
        data.write_geojson(folder / "nowhere.geojson", (None, {}))
        fields = {"name": "far", "note": "far", "literacy": 50}
        data.write_geojson(folder / "far.geojson", *((data.square(300_000, y, 2000), {**fields, "id": f"F{y}"})
                                                     for y in (0, 1)))
        (folder / "towns.docx").write_bytes(b"PK\3\4 something else")
        data.write_raster(folder / "void.tif", lambda x, y: -3.4e37)
        data.write_raster(folder / "whole.tif", data.height, COMPRESS="DEFLATE")
        whole = (folder / "whole.tif").read_bytes()
        (folder / "cut.tif").write_bytes(whole[:len(whole) // 2])
        (folder / "head.tif").write_bytes(whole[:6])
        (folder / "cut.gpkg").write_bytes((folder / "roads.gpkg").read_bytes()[:20_000])

    def test_coordinate_reference_systems(self):
        self.tells_of_all(CRS)

    def test_missing_files_layers_and_fields(self):
        self.tells_of_all(MISSING)

    def test_layers_of_another_kind(self):
        self.tells_of_all(KINDS)

    def test_places(self):
        self.tells_of_all(PLACES)

    def test_damaged_files(self):
        self.tells_of_all(DAMAGED)

    def test_some_sites_outside_are_listed_without_a_rank(self):
        some = self.folder / "data" / "some.geojson"
        data.write_geojson(some, (data.square(1000, 1000, 2000), {"id": "in", "name": "In", "note": 1}),
                           (data.square(300_000, 0, 2000), {"id": "out", "name": "Out", "note": 2}))
        (self.folder / "study.yaml").write_text(wrong(("sites.geojson", "some.geojson"), ("output: out", "")))
        done = self.succeeds("run", "study.yaml", "--output", "elsewhere")
        self.assertIn("study.yaml:32:1: warning: sites: outside the area, listed without a rank: Out\n", done.stderr)
        rows = (self.folder / "elsewhere" / "ranking.csv").read_text().splitlines()
        self.assertRegex(rows[1], "^1,in,In,")
        self.assertRegex(rows[2], "^,out,Out,")
        self.assertIn("without a rank", done.stdout)


if __name__ == "__main__":
    unittest.main()
