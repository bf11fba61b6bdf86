# Writes OUTPUT, a C++ file with the parts of report.html as constants, whatever their
# bytes: -DFRAME=file -DBODY=file -DSTYLES=files -DSCRIPTS=files ('|' between them).
cmake_minimum_required(VERSION 3.25)

function(embed name)
    set(bytes "")
    foreach(file IN LISTS ARGN)
        file(READ ${file} hex HEX)
        string(REPLACE "${source_map}" "" hex "${hex}") # a browser would look for it beside the page
        string(APPEND bytes ${hex})
        if(NOT file MATCHES "html$") # a script may end in a comment
            string(APPEND bytes 0a)
        endif()
    endforeach()
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    string(REGEX REPLACE "((....,?.?.){1600})" "\\1\n" bytes "${bytes}")
    set(text "${text}static constexpr char ${name}_bytes[] = {${bytes}};\nconst std::string_view ${name}{${name}_bytes, sizeof ${name}_bytes};\n" PARENT_SCOPE)
endfunction()

string(HEX "//# sourceMappingURL=leaflet.min.js.map" source_map)
string(REPLACE "|" ";" STYLES "${STYLES}")
string(REPLACE "|" ";" SCRIPTS "${SCRIPTS}")
set(text "#include \"engine/report/page_parts.hpp\"\nnamespace zonerank::engine::page_parts {\n")
embed(frame ${FRAME})
embed(body ${BODY})
embed(style ${STYLES})
embed(script ${SCRIPTS})
file(WRITE ${OUTPUT} "${text}}\n")
