# One static library a layer. What a layer may use is said here and checked, include by include,
# against tests/contract/layers.txt.
function(tidemark_layer name)
  cmake_parse_arguments(ARG "" "" "USES;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.cpp)
  if(NOT sources)
    add_library(tidemark_${name} INTERFACE)
    target_link_libraries(tidemark_${name} INTERFACE tidemark_flags)
    foreach(used ${ARG_USES})
      target_link_libraries(tidemark_${name} INTERFACE tidemark_${used})
    endforeach()
    return()
  endif()
  add_library(tidemark_${name} STATIC ${sources})
  target_link_libraries(tidemark_${name} PUBLIC tidemark_flags PRIVATE fmt::fmt ${ARG_PRIVATE})
  tidemark_precompiled(tidemark_${name})
  tidemark_unity(tidemark_${name} ${sources})
  foreach(used ${ARG_USES})
    target_link_libraries(tidemark_${name} PUBLIC tidemark_${used})
  endforeach()
endfunction()

tidemark_layer(core)
tidemark_layer(stats USES core PRIVATE Boost::headers Eigen3::Eigen NLopt::nlopt)
tidemark_layer(pricing USES core stats)
tidemark_layer(policy USES core PRIVATE nlohmann_json::nlohmann_json)
foreach(name presets vol_presets score_presets)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/policy/${name}/*.json)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/${name}.cpp
    COMMAND ${CMAKE_COMMAND} -DOUT=${CMAKE_BINARY_DIR}/${name}.cpp -DDIR=${CMAKE_SOURCE_DIR}/lib/policy/${name}
            -DNAME=${name} -P ${CMAKE_SOURCE_DIR}/cmake/presets.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/presets.cmake)
  target_sources(tidemark_policy PRIVATE ${CMAKE_BINARY_DIR}/${name}.cpp)
endforeach()
tidemark_layer(market USES core stats pricing policy)
tidemark_layer(liquidity USES core stats market policy)
tidemark_layer(collateral USES core stats market policy liquidity)
tidemark_layer(vol USES core stats pricing market policy PRIVATE Boost::headers Eigen3::Eigen NLopt::nlopt)
tidemark_layer(margin USES core stats pricing market policy liquidity collateral)
tidemark_layer(liquidation USES core stats pricing market liquidity margin)
tidemark_layer(score USES core stats market policy margin)
tidemark_layer(attribution USES core market margin)
tidemark_layer(json USES core PRIVATE simdjson::simdjson)
tidemark_layer(record USES core json)
tidemark_layer(feed USES core stats json record market)
tidemark_layer(stream USES core json record PRIVATE ZLIB::ZLIB Threads::Threads)
tidemark_layer(cli USES core json record stream PRIVATE CLI11::CLI11)
set_source_files_properties(lib/cli/run.cpp PROPERTIES COMPILE_DEFINITIONS TIDEMARK_VERSION="${PROJECT_VERSION}")

# Records to what calculations take and back; words for people; and what answers a stream.
tidemark_layer(convert USES core json record pricing vol market policy margin liquidation score)
tidemark_layer(report USES core json record stream convert market policy margin)
tidemark_layer(desk USES core json record stream cli convert report pricing vol market policy collateral margin
  liquidation score attribution)

# The files where the vectoriser matters: the batch pricing kernel, and the averages that every bar goes through.
set_source_files_properties(lib/pricing/row_kernel.cpp lib/vol/bars/riskmetrics2006.cpp
  PROPERTIES COMPILE_OPTIONS "-O3" SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
