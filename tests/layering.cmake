# Fails when a file includes from a folder above its own, a header lets a library's
# header out, or a folder becomes a heap.
cmake_minimum_required(VERSION 3.25)
# The order, from the ground up: a file includes from folders that stand before its own.
set(above
    rasters/core rasters/zonal rasters/codec rasters rasters/solved rasters/travel rasters/sums rasters/routes
    rasters/network layers/terms layers/vectors layers
    engine/text engine/decision engine/weights engine/methods engine/stability engine/study engine/model engine/needs
    engine/outputs/styles engine/outputs engine/postgis engine/qgis engine/report engine/records engine/draft
    engine/plan engine engine/batch engine/cluster engine/manual engine/commands)
file(GLOB_RECURSE sources RELATIVE ${ROOT}
    ${ROOT}/rasters/*.[ch]pp ${ROOT}/layers/*.[ch]pp ${ROOT}/engine/*.[ch]pp)
list(TRANSFORM sources REPLACE "/[^/]*$" "" OUTPUT_VARIABLE rooms)
list(REMOVE_DUPLICATES rooms)
foreach(room IN LISTS rooms)
    if(NOT room IN_LIST above)
        message(SEND_ERROR "${room} has no place in the order of folders")
    endif()
endforeach()
foreach(folder IN LISTS above)
    list(REMOVE_ITEM above ${folder})
    file(GLOB headers ${ROOT}/${folder}/*.hpp)
    file(GLOB sources ${ROOT}/${folder}/*.cpp)
    foreach(file IN LISTS headers sources)
        file(STRINGS ${file} includes REGEX "^#include \"[a-z_/]+/")
        foreach(include IN LISTS includes)
            string(REGEX REPLACE "^#include \"(.*)/[^/]*\"" "\\1" from "${include}")
            if(from IN_LIST above)
                message(SEND_ERROR "${file} points upward: ${include}")
            endif()
        endforeach()
    endforeach()
    foreach(file IN LISTS headers)
        file(STRINGS ${file} leaked REGEX "^#include <(gdal|ogr|cpl_|geos|proj|yaml-cpp|boost|tbb|zstd|libdeflate|Lerc|openssl|muParser|Clp|Coin|httplib|CLI/|Q[A-Z])")
        if(leaked)
            message(SEND_ERROR "${file} lets a library's header out: ${leaked}")
        endif()
    endforeach()
    list(LENGTH headers modules)
    if(modules GREATER 30)
        message(SEND_ERROR "${folder} has ${modules} modules; give some of them a folder of their own")
    endif()
endforeach()
