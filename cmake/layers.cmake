# One static library a layer. What a layer may use is said here and checked, include by include,
# against tests/contract/layers.txt.
function(tidemark_layer name)
  cmake_parse_arguments(ARG "" "" "USES;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/${name}/*.cpp)
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
  foreach(used ${ARG_USES})
    target_link_libraries(tidemark_${name} PUBLIC tidemark_${used})
  endforeach()
endfunction()

tidemark_layer(core)
tidemark_layer(stats USES core PRIVATE Boost::headers Eigen3::Eigen NLopt::nlopt)
tidemark_layer(pricing USES core stats)
tidemark_layer(vol USES core stats pricing PRIVATE Boost::headers Eigen3::Eigen NLopt::nlopt)
tidemark_layer(market USES core pricing)
tidemark_layer(policy USES core PRIVATE nlohmann_json::nlohmann_json)
foreach(name presets vol_presets)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/policy/${name}/*.json)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/${name}.cpp
    COMMAND ${CMAKE_COMMAND} -DOUT=${CMAKE_BINARY_DIR}/${name}.cpp -DDIR=${CMAKE_SOURCE_DIR}/lib/policy/${name}
            -DNAME=${name} -P ${CMAKE_SOURCE_DIR}/cmake/presets.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/presets.cmake)
  target_sources(tidemark_policy PRIVATE ${CMAKE_BINARY_DIR}/${name}.cpp)
endforeach()
tidemark_layer(collateral USES core stats market policy)
tidemark_layer(liquidity USES core stats market)
tidemark_layer(margin USES core stats pricing market policy collateral)
tidemark_layer(liquidation USES core stats pricing market margin)
tidemark_layer(score USES core stats market margin)
tidemark_layer(json USES core PRIVATE simdjson::simdjson)
tidemark_layer(record USES core json)
tidemark_layer(feed USES core json record market)
tidemark_layer(cli USES core json record PRIVATE CLI11::CLI11 ZLIB::ZLIB Threads::Threads)
target_compile_definitions(tidemark_cli PRIVATE TIDEMARK_VERSION="${PROJECT_VERSION}")

# join turns records into what the calculations take, and their answers back into records.
tidemark_layer(join USES core json record cli pricing vol market policy collateral margin liquidation score)

add_library(tidemark_models INTERFACE)
target_link_libraries(tidemark_models INTERFACE tidemark_liquidation tidemark_score
  tidemark_join)

# The files where the vectoriser matters: the batch pricing kernel, and the averages that every bar goes through.
foreach(kernel lib/pricing/row_kernel.cpp lib/vol/riskmetrics2006.cpp)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${kernel})
    set_source_files_properties(${kernel} PROPERTIES COMPILE_OPTIONS "-O3")
  endif()
endforeach()
