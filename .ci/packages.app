chromium
fonts-dejavu-core
nodejs
python3-qgis
