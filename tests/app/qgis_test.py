# SPDX-License-Identifier: Apache-2.0
"""study.qgz as QGIS opens it: everything there, in order, named, styled, seen at once, and still
there when the study's folder is moved."""

import json
import os
import shutil
import sys
import unittest

from osgeo import gdal

import apps
import qgis_program
from program import InFolder
from qgis_program import legend_of, opened, pixels, rendered, share_near, shown_layers, tree_of

from qgis.core import QgsRasterLayer, QgsWkbTypes

PICTURES = os.environ.get("ZONERANK_PICTURES")  # a folder where what was rendered is kept
VIRIDIS = [(68, 1, 84), (65, 68, 135), (42, 120, 142), (34, 168, 132), (122, 209, 81), (253, 231, 37)]
INPUTS = "zonerank_input_"
HOSTILE = "میرپور & \"Study\" 'x' <b>%#1"


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def run(study, *arguments):
    apps.zonerank("run", study.name, *arguments, cwd=study.parent)


def mirpur(folder, more=""):
    """The example with a map of each criterion, run below `folder`."""
    run(apps.mirpur(folder, "outputs: {criteria: true}\n" + more))
    return folder


def keep(image, name):
    if PICTURES:
        image.save(f"{PICTURES}/{name}.png")


class Project(InFolder):
    def missing(self, path):
        """Ids of layers that can't be opened."""
        with opened(path) as project:
            return [layer.id() for layer in project.mapLayers().values() if not layer.isValid()]


class Mirpur(Project):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = mirpur(cls.folder / "mirpur")
        cls.project = cls.study / "out" / "study.qgz"

    def test_all_is_there_and_in_its_place(self):
        with opened(self.project) as project:
            self.assertEqual([layer.name() for layer in project.mapLayers().values() if not layer.isValid()], [])
            self.assertEqual(project.title(), "Mirpur special economic zone")
            self.assertEqual(project.crs().authid(), "EPSG:32643")
            for layer in project.mapLayers().values():
                self.assertTrue(layer.crs().isValid(), layer.name())
                self.assertTrue(layer.abstract(), layer.name())
            result_maps = [layer for layer in project.mapLayers().values()
                           if layer.type() == layer.RasterLayer and not layer.id().startswith(INPUTS)]
            self.assertEqual({layer.crs().authid() for layer in result_maps}, {"EPSG:32643"})

    def test_tree(self):
        with opened(self.project) as project:
            tree = tree_of(project.layerTreeRoot())
            names = [node if isinstance(node, str) else node[0] for node in tree]
            self.assertEqual(names, ["Ranked sites", "Study area", "Land that is ruled out",
                                     "Suitability (0 worst to 1 best)", "Rank of the site (1 is best)",
                                     "How sure", "Criteria", "Input layers"])
            groups = dict(node for node in tree if not isinstance(node, str))
            self.assertEqual([name for name, _ in groups["Criteria"]],
                             ["Infrastructure", "Location", "Labor", "Connectivity"])
            self.assertIn("Raw water (value, 0 to 1)", dict(groups["Criteria"])["Infrastructure"])
            self.assertEqual(len(groups["How sure"]), 4)
            self.assertEqual(groups["Input layers"][:4], ["area", "sites", "substations", "rivers"])

    def test_what_is_seen_first(self):
        with opened(self.project) as project:
            self.assertEqual([layer.name() for layer in shown_layers(project)],
                             ["Ranked sites", "Study area", "Land that is ruled out",
                              "Suitability (0 worst to 1 best)"])
            view = project.viewSettings().defaultViewExtent()
            raster = project.mapLayer("zonerank_suitability").extent()
            self.assertTrue(view.contains(raster))
            self.assertLess(view.area(), 1.6 * raster.area())

    def test_legends_and_styles(self):
        with opened(self.project) as project:
            sites = project.mapLayer("zonerank_sites")
            self.assertTrue(sites.source().endswith("sites.gpkg|layername=sites"))
            self.assertEqual(sites.crs(), project.crs())
            self.assertEqual(sites.renderer().type(), "RuleRenderer")
            self.assertTrue(sites.labelsEnabled())
            self.assertTrue(any(text.startswith("score ") for text in legend_of(project, sites)))
            ruled_out = project.mapLayer("zonerank_constraints")
            self.assertEqual(ruled_out.renderer().type(), "paletted")
            self.assertEqual(legend_of(project, ruled_out), ["unknown", "reservoir", "steep", "restricted", "built up", "remote"])
            self.assertEqual(project.mapLayer("zonerank_suitability").renderer().type(), "singlebandpseudocolor")

    def test_styles_are_those_beside_the_files(self):
        with opened(self.project) as project:
            for layer in project.mapLayers().values():
                if layer.type() != layer.RasterLayer or layer.id().startswith((INPUTS, "zonerank_constraints")):
                    continue
                alone = QgsRasterLayer(layer.source(), "alone")
                self.assertEqual(alone.renderer().type(), layer.renderer().type(), layer.name())
                self.assertEqual([item for item in alone.renderer().legendSymbologyItems()],
                                 [item for item in layer.renderer().legendSymbologyItems()], layer.name())
                del alone

    def test_conditions_of_the_study_are_kept(self):
        with opened(self.project) as project:
            roads = project.mapLayersByName("roads")[0]
            self.assertEqual(roads.subsetString(), "status = 'open'")
            self.assertEqual({feature["status"] for feature in roads.getFeatures()}, {"open"})
            del roads

    def test_picture(self):
        with opened(self.project) as project:
            layers = shown_layers(project)
            image = rendered(project, layers)
            keep(image, "mirpur")
            colours = pixels(image)
            sites = project.mapLayer("zonerank_sites")
            sites.setLabelsEnabled(False)
            unlabelled = pixels(rendered(project, layers))
            alone = pixels(rendered(project, [project.mapLayer("zonerank_suitability")]))
            ruled_out = pixels(rendered(project, [project.mapLayer("zonerank_constraints")]))
            del sites, layers
        self.assertGreater(share_near(alone, VIRIDIS, 40), 0.1)
        self.assertGreater(sum(a != b for a, b in zip(colours, unlabelled)), 500)  # the labels
        excluded = [(a, b) for a, b in zip(ruled_out, unlabelled) if a != (255, 255, 255)]
        self.assertGreater(len(excluded), 0.02 * len(colours))
        self.assertGreater(sum(a == b for a, b in excluded), 0.7 * len(excluded))  # seen, not covered

    def test_every_layer_draws_something(self):
        with opened(self.project) as project:
            for layer in project.mapLayers().values():
                if layer.name() in ("airports", "clusters", "dry ports"):  # outside the view
                    continue
                colours = pixels(rendered(project, [layer], width=200))
                self.assertGreater(len(set(colours)), 1, layer.name())

    def test_qgis_leaves_no_file(self):
        before = files_in(self.study)
        with opened(self.project) as project:
            rendered(project, list(project.mapLayers().values()), width=200)
        self.assertEqual(files_in(self.study), before)


OSM = """<osm version="0.6"><node id="1" lat="33.1" lon="73.7"/><node id="2" lat="33.2" lon="73.9"/>
<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="trunk"/></way>
<way id="4"><nd ref="2"/><nd ref="1"/><tag k="highway" v="track"/></way></osm>
"""


def hostile_study(folder):
    """The example from files of other kinds and CRSs, with names that break what can be broken."""
    gdal.UseExceptions()
    data = apps.MIRPUR / "data"
    shutil.copytree(data, folder / "data")
    gdal.VectorTranslate(str(folder / "data/roads & 'co'.gpkg"), str(data / "roads.geojson"), format="GPKG",
                         layerName="ro\"ads <b>", dstSRS="EPSG:32642")
    gdal.VectorTranslate(str(folder / "data/roads & 'co'.gpkg"), str(data / "rail.geojson"), format="GPKG",
                         layerName="rail", accessMode="update")
    gdal.VectorTranslate(str(folder / "data/دریا.shp"), str(data / "rivers.geojson"), format="ESRI Shapefile")
    whole = gdal.Open(str(data / "terrain.asc"))
    half = whole.RasterXSize // 2
    for name, window in (("1 & 2", [0, 0, half, whole.RasterYSize]),
                         ("#3%20", [half, 0, whole.RasterXSize - half, whole.RasterYSize])):
        gdal.Translate(str(folder / f"data/dem {name}.tif"), whole, srcWin=window, outputSRS="EPSG:4326")
    (folder / "data/mixed.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": geometry} for geometry in (
            {"type": "Point", "coordinates": [73.8, 33.2]},
            {"type": "LineString", "coordinates": [[73.7, 33.1], [73.9, 33.2]]})]}), encoding="utf-8")
    (folder / "data/map.osm").write_text(OSM, encoding="utf-8")
    study = (apps.MIRPUR / "study.yaml").read_text(encoding="utf-8")
    for old, new in (("study: Mirpur special economic zone", "study: '<b>\"Mirpur\" & ''co''</b> ]]> \u202eمیرپور 🙂'"),
                     ("rivers: data/rivers.geojson", "rivers: data/دریا.shp"),
                     ("roads: {source: data/roads.geojson,", "roads: {source: \"data/roads & 'co'.gpkg\", "
                                                            "layer: 'ro\"ads <b>',"),
                     ("terrain: {source: data/terrain.asc,", "terrain: {source: 'data/dem *.tif',"),
                     ("clusters: data/clusters.geojson", "clusters: data/clusters.geojson\n"
                                                         "  mixed: data/mixed.geojson\n"
                                                         "  osm: {source: data/map.osm, layer: lines, "
                                                         "where: \"highway = 'trunk'\"}\n"
                                                         "  lower: {source: \"data/roads & 'co'.gpkg\", layer: rail, "
                                                         "where: \"status ILIKE 'OPEN'\"}"),
                     ("label: Raw water", "label: '<i>water</i> & [% 1+1 %] {{x}}'"),
                     ("\noutput: out\n", "\noutput: 'out & <b>'\noutputs: {criteria: true}\n")):
        assert old in study, old
        study = study.replace(old, new)
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    run(folder / "study.yaml")
    return folder / "out & <b>" / "study.qgz"


class Hostile(Project):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        home = cls.folder / HOSTILE
        home.mkdir()
        cls.project = hostile_study(home)

    def test_all_is_there(self):
        self.assertEqual(self.missing(self.project), [])

    def test_names_stay_texts(self):
        with opened(self.project) as project:
            self.assertEqual(project.title(), "<b>\"Mirpur\" & 'co'</b> ]]> \u202eمیرپور 🙂")
            self.assertEqual(len(project.mapLayersByName("<i>water</i> & [% 1+1 %] {{x}} (value, 0 to 1)")), 1)

    def test_inputs_of_every_kind(self):
        with opened(self.project) as project:
            inputs = dict(node for node in tree_of(project.layerTreeRoot()) if not isinstance(node, str))["Input layers"]
            self.assertIn(("terrain", ["dem #3%20.tif", "dem 1 & 2.tif"]), inputs)
            self.assertIn(("mixed", ["mixed (points)", "mixed (lines)"]), inputs)
            roads = project.mapLayersByName("roads")[0]
            self.assertEqual((roads.crs().authid(), roads.subsetString()), ("EPSG:32642", "status = 'open'"))
            self.assertEqual(project.mapLayersByName("lower")[0].subsetString(), "")  # a word that SQLite hasn't
            osm = project.mapLayersByName("osm")[0]
            self.assertEqual([feature["osm_id"] for feature in osm.getFeatures()], ["3"])
            del osm
            for name, kind in (("mixed (points)", "Point"), ("mixed (lines)", "LineString")):
                layer = project.mapLayersByName(name)[0]
                self.assertEqual([QgsWkbTypes.displayString(feature.geometry().wkbType())
                                  for feature in layer.getFeatures() if feature.hasGeometry()], [kind])
                del layer
            del roads

    def test_picture_is_that_of_plain_names(self):
        with opened(self.project) as project:
            image = rendered(project, shown_layers(project))
            keep(image, "hostile")
            terrain = pixels(rendered(project, project.mapLayersByName("dem 1 & 2.tif"), width=200))
        self.assertGreater(share_near(pixels(image), VIRIDIS, 40), 0.05)
        self.assertGreater(len(set(terrain)), 50)  # greys from black to white


class Moved(Project):
    def test_nothing_is_missing_where_the_study_has_moved(self):
        study = mirpur(self.folder / "before")
        there = self.folder / HOSTILE / "after"
        there.parent.mkdir()
        study.rename(there)
        self.assertEqual(self.missing(there / "out" / "study.qgz"), [])

    def test_results_alone_miss_inputs_at_most(self):
        study = mirpur(self.folder / "study")
        alone = self.folder / "elsewhere" / "deep" / "results"
        alone.parent.mkdir(parents=True)
        (study / "out").rename(alone)
        missing = self.missing(alone / "study.qgz")
        self.assertTrue(missing)
        self.assertEqual([layer for layer in missing if not layer.startswith(INPUTS)], [])


if __name__ == "__main__":
    qgis = qgis_program.Qgis()
    tests = unittest.main(exit=False, verbosity=1)
    qgis.close()
    sys.exit(not tests.result.wasSuccessful())
