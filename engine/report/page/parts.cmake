# What report.html is made of: a frame that batch.html has, too, a body, and what goes into its one
# style and its one script, in this order. Paths are of this folder; Leaflet is Debian's libjs-leaflet.
find_path(leaflet leaflet.min.js PATHS /usr/share/javascript/leaflet REQUIRED)
set(page_frame frame.html)
set(page_body page.html)
set(page_styles
    ${leaflet}/leaflet.css
    page.css charts.css print.css)
set(page_scripts
    strict.js leaflet_licence.js
    ${leaflet}/leaflet.min.js
    # What needs no page: decoding, aggregations, the study's own ranking.
    base.js elementary.js owa.js aggregations.js blobs.js store.js scores.js mapscores.js yaml.js
    # Map, weights, ranking.
    ramps.js maplayer.js mapviews.js sitelayer.js contextmarks.js mapcanvas.js
    contextlayer.js readout.js map.js clipboard.js weights.js weightpanel.js
    columns.js ranking.js panel.js
    # Charts, sheets, what was done.
    words.js chart.js chart_sites.js chart_weights.js chart_values.js chart_contributions.js chart_ranks.js
    chart_scores.js chart_methods.js chart_industries.js chart_validation.js charts.js
    sheet_facts.js sheet_criteria.js sheet.js compare.js
    done_words.js done_table.js done_sources.js done_files.js done.js print.js
    # Starts it all.
    main.js)
