# What report.html is made of: a template, and what goes into its one style and its one
# script, in this order. Paths are of this folder; Leaflet is Debian's libjs-leaflet.
find_path(leaflet leaflet.min.js PATHS /usr/share/javascript/leaflet REQUIRED)
set(page_template page.html)
set(page_styles
    ${leaflet}/leaflet.css
    page.css)
set(page_scripts
    leaflet_licence.js
    ${leaflet}/leaflet.min.js
    page.js)
