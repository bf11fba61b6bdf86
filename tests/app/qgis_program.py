# SPDX-License-Identifier: Apache-2.0
"""QGIS without a window, for tests that look at results as a QGIS user sees them."""

import os
from contextlib import contextmanager

from apps import skip

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def skip_without_qgis():
    """Ends the process when there is no QGIS: skipped, or failed where one is required."""
    try:
        import qgis.core  # noqa: F401
    except ImportError as missing:
        skip(f"no QGIS ({missing})")


skip_without_qgis()

from qgis.core import (QgsApplication, QgsLayerTreeModel, QgsMapRendererSequentialJob, QgsMapSettings,  # noqa: E402
                       QgsProject)
from qgis.PyQt.QtCore import QSize, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QImage  # noqa: E402


class Qgis:
    """One for the whole process: QGIS can't be started twice."""

    def __init__(self):
        self.app = QgsApplication([], False)
        self.app.initQgis()

    def close(self):
        QgsProject.instance().clear()
        self.app.exitQgis()


@contextmanager
def opened(path):
    """The project of a file, as the only one that is open."""
    project = QgsProject.instance()
    project.clear()
    try:
        assert project.read(str(path)), f"{path}: {project.error()}"
        yield project
    finally:
        project.clear()


def shown_layers(project):
    """Those that a user sees at first, the uppermost first."""
    root = project.layerTreeRoot()
    return [layer for layer in root.layerOrder() if root.findLayer(layer.id()).isVisible()]


def tree_of(group):
    """Names as nested lists: a layer is a text, a group a pair of its name and its children."""
    return [(node.name(), tree_of(node)) if hasattr(node, "children") and node.nodeType() == 0 else node.name()
            for node in group.children()]


def legend_of(project, layer):
    """The texts beside a layer's symbols."""
    model = QgsLayerTreeModel(project.layerTreeRoot())
    node = project.layerTreeRoot().findLayer(layer.id())
    return [entry.data(Qt.DisplayRole) for entry in model.layerLegendNodes(node)]


def rendered(project, layers, extent=None, width=700):
    """A picture on white, as the project's window would show it."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    extent = extent or project.viewSettings().defaultViewExtent()
    settings.setExtent(extent)
    settings.setOutputSize(QSize(width, round(width * extent.height() / extent.width())))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage().convertToFormat(QImage.Format_RGB888)


def pixels(image):
    """Its colours, (red, green, blue) of each pixel, row by row."""
    rows = image.constBits().asstring(image.sizeInBytes())
    step = image.bytesPerLine()
    return [tuple(rows[y * step + 3 * x:y * step + 3 * x + 3])
            for y in range(image.height()) for x in range(image.width())]


def share_near(colours, wanted, within=12):
    """The share of pixels whose colour is near any of those wanted."""
    near = sum(any(max(abs(a - b) for a, b in zip(colour, want)) <= within for want in wanted) for colour in colours)
    return near / len(colours)
