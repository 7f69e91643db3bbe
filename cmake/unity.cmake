# The files of a room (a folder of a layer) are compiled as one: most of a file's compile time goes into the headers
# that it shares with its neighbours. So a name at file scope is said once a room, not once a file. Whoever works on one
# file turns this off, and compiles that file alone.
option(TIDEMARK_UNITY "compile the files of a room as one" ON)

function(tidemark_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${TIDEMARK_UNITY} UNITY_BUILD_MODE GROUP)
  foreach(source ${ARGN})
    cmake_path(GET source PARENT_PATH room)
    cmake_path(RELATIVE_PATH room BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    string(MAKE_C_IDENTIFIER ${room} group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()
