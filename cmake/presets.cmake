# Writes DIR/*.json into a C++ source that gives them as NAME(), so that the built-in policies are the files
# themselves. Called as a script: cmake -DOUT=... -DDIR=... -DNAME=... -P presets.cmake
file(GLOB files ${DIR}/*.json)
list(SORT files)
set(text "#include \"policy/document.hpp\"\n\n#include <array>\n\nnamespace tidemark::policy {\n\n")
set(entries "")
foreach(file ${files})
  get_filename_component(preset ${file} NAME_WE)
  file(READ ${file} body)
  string(APPEND entries "        Preset{\"${preset}\", R\"json(${body})json\"},\n")
endforeach()
string(APPEND text "std::span<const Preset> ${NAME}() {\n    static constexpr std::array all{\n${entries}    };\n    return all;\n}\n\n}  // namespace tidemark::policy\n")
file(WRITE ${OUT} "${text}")
