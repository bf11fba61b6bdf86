# SPDX-License-Identifier: Apache-2.0
"""The page to print in study.qgz, the styles in sites.gpkg and beside every map, as QGIS takes them."""

import csv
import os
import shutil
import unittest

import apps
import qgis_program
from program import InFolder, contents
from qgis_program import opened, pixels, share_near

from qgis.core import (QgsLayoutExporter, QgsLayoutItemLabel, QgsLayoutItemLegend, QgsLayoutItemManualTable,
                       QgsLayoutItemMap, QgsLayoutItemPicture, QgsLayoutItemScaleBar, QgsLayoutFrame,
                       QgsMapRendererSequentialJob, QgsMapSettings, QgsProviderRegistry, QgsRasterLayer,
                       QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QImage

PICTURES = os.environ.get("ZONERANK_PICTURES")
HOSTILE = "'<b>\"Mirpur\" & [% 1 + 1 %] میرپور'"


def item(layout, kind, name):
    found = [i for i in layout.items() if isinstance(i, kind) and i.id() == name]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def draw(layer):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(300, 300))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage().convertToFormat(QImage.Format_RGB888)


class Page(InFolder):
    """Mirpur, with every map, under a name that is no markup and no expression."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        study = apps.mirpur(cls.folder / "mirpur")
        lines = study.read_text().splitlines()
        first = next(i for i, line in enumerate(lines) if line.startswith("study:"))
        lines[first] = "study: " + HOSTILE
        study.write_text("\n".join(lines) + "\noutputs: {criteria: true, reasons: true}\n")
        apps.zonerank("run", study.name, cwd=study.parent)
        cls.out = cls.folder / "mirpur" / "out"
        with open(cls.out / "ranking.csv", newline="", encoding="utf-8") as file:
            cls.ranking = list(csv.DictReader(file))

    def test_all_items_are_on_an_a4_page(self):
        with opened(self.out / "study.qgz") as project:
            layouts = project.layoutManager().printLayouts()
            self.assertEqual(len(layouts), 1)
            layout = layouts[0]
            size = layout.pageCollection().page(0).pageSize()
            self.assertEqual((size.width(), size.height()), (297, 210))
            page = layout.pageCollection().page(0).sceneBoundingRect()
            for kind, name in ((QgsLayoutItemMap, "map"), (QgsLayoutItemLegend, "legend"),
                               (QgsLayoutItemScaleBar, "scale bar"), (QgsLayoutItemPicture, "north arrow"),
                               (QgsLayoutFrame, "ranking"), (QgsLayoutItemLabel, "notes")):
                self.assertTrue(page.contains(item(layout, kind, name).sceneBoundingRect()), name)
            self.assertEqual(item(layout, QgsLayoutItemLabel, "title").currentText(),
                             HOSTILE.strip("'").replace("[%", "[ %"))
            notes = item(layout, QgsLayoutItemLabel, "notes").currentText()
            for word in ("roads.geojson", "EPSG:32643", "100 m", "weights", "zonerank"):
                self.assertIn(word, notes)

    def test_the_map_holds_the_area_and_its_scale_is_round(self):
        with opened(self.out / "study.qgz") as project:
            layout = project.layoutManager().printLayouts()[0]
            shown = item(layout, QgsLayoutItemMap, "map")
            area = QgsVectorLayer(f"{self.out}/sites.gpkg|layername=area", "area", "ogr")
            self.assertTrue(shown.extent().contains(area.extent()))
            self.assertEqual(shown.crs().authid(), "EPSG:32643")
            self.assertEqual({layer.id() for layer in shown.layers()},
                             {"zonerank_sites", "zonerank_area", "zonerank_suitability", "zonerank_constraints"})
            bar = item(layout, QgsLayoutItemScaleBar, "scale bar")
            self.assertIs(bar.linkedMap(), shown)
            self.assertIn(f"{bar.unitsPerSegment():g}"[0], "125")
            self.assertLess(bar.sizeWithUnits().width(), 90)
            picture = item(layout, QgsLayoutItemPicture, "north arrow")
            self.assertFalse(picture.isMissingImage())
            del area

    def test_the_table_is_the_ranking(self):
        with opened(self.out / "study.qgz") as project:
            layout = project.layoutManager().printLayouts()[0]
            table = item(layout, QgsLayoutFrame, "ranking").multiFrame()
            self.assertIsInstance(table, QgsLayoutItemManualTable)
            cells = [[cell.content() for cell in row] for row in table.tableContents()]
            wanted = [row for row in self.ranking if row["rank"]]
            self.assertEqual(len(cells), len(wanted))
            for cell, row in zip(cells, wanted):
                self.assertEqual(cell[0], row["rank"])
                self.assertTrue(row["name"].startswith(cell[1].rstrip("…")), cell[1])
                self.assertAlmostEqual(float(cell[2]), float(row["score"]), delta=0.005)
            frame = item(layout, QgsLayoutFrame, "ranking")
            self.assertLessEqual(table.totalSize().height(), frame.rect().height() + 0.5)
            self.assertLessEqual(table.totalSize().width(), frame.rect().width() + 2)

    def test_the_legend_says_what_matters(self):
        with opened(self.out / "study.qgz") as project:
            layout = project.layoutManager().printLayouts()[0]
            legend = item(layout, QgsLayoutItemLegend, "legend")
            model = legend.model()
            told = {}
            for node in model.rootGroup().findLayers():
                nodes = model.layerLegendNodes(node)
                told[node.customProperty("legend/title-label")] = [entry.data(0) for entry in nodes]
            self.assertEqual(set(told), {"Ranked sites", "Study area", "Suitability, 0 worst, 1 best", "Not usable"})
            self.assertIn("without a rank", told["Ranked sites"])
            self.assertEqual(len(told["Suitability, 0 worst, 1 best"]), 1)
            self.assertEqual(told["Not usable"],
                             ["unknown", "reservoir", "steep", "restricted", "built up", "remote"])

    def test_it_prints(self):
        with opened(self.out / "study.qgz") as project:
            layout = project.layoutManager().printLayouts()[0]
            exporter = QgsLayoutExporter(layout)
            settings = QgsLayoutExporter.ImageExportSettings()
            settings.dpi = 110
            picture = self.folder / "page.png"
            self.assertEqual(exporter.exportToImage(str(picture), settings), QgsLayoutExporter.Success)
            pdf = self.folder / "page.pdf"
            self.assertEqual(exporter.exportToPdf(str(pdf), QgsLayoutExporter.PdfExportSettings()),
                             QgsLayoutExporter.Success)
            self.assertTrue(pdf.read_bytes().startswith(b"%PDF"))
            if PICTURES:
                shutil.copy(picture, PICTURES)
                shutil.copy(pdf, PICTURES)
            colours = pixels(QImage(str(picture)).convertToFormat(QImage.Format_RGB888))
            viridis = [(65, 68, 135), (42, 120, 142), (34, 168, 132), (122, 209, 81)]
            self.assertGreater(share_near(colours, viridis, 30), 0.05)    # scores
            self.assertGreater(share_near(colours, [(245, 216, 184)], 4), 0.01)  # the first constraint
            self.assertGreater(share_near(colours, [(30, 30, 30), (20, 20, 20)], 25), 0.005)  # text


class Package(Page):
    """sites.gpkg alone, added as a user adds a file."""

    def test_layers_have_their_styles_and_labels(self):
        sites = QgsVectorLayer(f"{self.out}/sites.gpkg|layername=sites", "sites", "ogr")
        area = QgsVectorLayer(f"{self.out}/sites.gpkg|layername=area", "area", "ogr")
        self.assertTrue(sites.isValid() and area.isValid())
        self.assertEqual(sites.renderer().type(), "RuleRenderer")
        self.assertTrue(sites.labelsEnabled())
        self.assertEqual(sites.crs().authid(), "EPSG:32643")
        self.assertEqual([field.name() for field in sites.fields()][1:], list(self.ranking[0]))
        self.assertEqual(next(area.getFeatures())["name"], HOSTILE.strip("'"))
        names = [entry.name() for entry in
                 QgsProviderRegistry.instance().querySublayers(f"{self.out}/sites.gpkg")]
        self.assertEqual(names, ["sites", "area"])
        del sites, area


class Beside(Page):
    """Each map with its style and statistics: QGIS has nothing to write beside it."""

    def test_every_map_has_a_style_and_stays_alone(self):
        before = contents(self.out)
        for path in sorted(self.out.rglob("*.tif")):
            layer = QgsRasterLayer(str(path), path.stem)
            if path.name == "reasons.tif":  # 64 bits a cell: QGIS 3.22 knows no such numbers
                continue
            with self.subTest(path.name):
                self.assertTrue(layer.isValid())
                self.assertIn(layer.renderer().type(), ("paletted", "singlebandpseudocolor"))
                self.assertTrue(path.with_suffix(".qml").exists())
                layer.dataProvider().bandStatistics(1)
                draw(layer)
            del layer
        self.assertEqual(contents(self.out), before)


def load_tests(loader, _tests, _pattern):
    """One run for each class is enough of its own tests."""
    suite = unittest.TestSuite()
    for case in (Page, Package, Beside):
        own = [name for name in vars(case) if name.startswith("test_")]
        suite.addTests(case(name) for name in own)
    return suite


if __name__ == "__main__":
    program = qgis_program.Qgis()
    result = unittest.main(exit=False, verbosity=0).result
    program.close()
    print("the page to print and the styles in QGIS:", "as they should be" if result.wasSuccessful() else "failed")
    raise SystemExit(0 if result.wasSuccessful() else 1)
