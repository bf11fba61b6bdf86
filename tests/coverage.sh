#!/bin/sh
# Line coverage of rasters/, layers/ and engine/ by the unit and run tests, with
# gcovr. Builds in build/coverage. Usage: tests/coverage.sh
set -eu
cd "$(dirname "$0")/.."
command -v gcovr >/dev/null || { echo "coverage needs gcovr (Debian: apt-get install gcovr)"; exit 1; }
cmake --preset coverage >/dev/null
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
# The strangers' test sees every file that is written, those of gcov, too.
ctest --preset coverage -L 'unit|run' -E command_line_strangers --output-on-failure
for folder in rasters layers engine; do
    gcovr --root . --object-directory build/coverage --filter "$folder/" --exclude-throw-branches \
        --gcov-ignore-parse-errors --output "build/coverage/$folder.txt"
    sed -n "s/^TOTAL */$folder  lines, covered, share: /p" "build/coverage/$folder.txt"
done
