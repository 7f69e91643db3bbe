# A compiler cache takes precompiled headers only where it is told that macros and times in them do not matter.
if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache$" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    ${CMAKE_CXX_COMPILER_LAUNCHER})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(tidemark_flags INTERFACE -fpch-preprocess)
  else()
    target_compile_options(tidemark_flags INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

# What nearly every file includes is parsed once: half of a small file's compile time went into these headers. A file
# still includes what it uses; a build with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows where one does not.
add_library(tidemark_precompiled OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
target_link_libraries(tidemark_precompiled PRIVATE tidemark_flags fmt::fmt)
set(precompiled_headers <algorithm> <array> <charconv> <cmath> <cstdint> <cstring> <deque> <functional>
  <limits> <map> <memory> <numbers> <numeric> <optional> <set> <span> <string> <string_view> <tuple> <utility> <variant>
  <vector> <fmt/format.h>)
target_precompile_headers(tidemark_precompiled PRIVATE ${precompiled_headers})

function(tidemark_precompiled target)
  target_precompile_headers(${target} REUSE_FROM tidemark_precompiled)
endfunction()
