# Writes OUT: TEMPLATE with @MARK@ replaced by what PROGRAM prints, and @VERSION@ by the version.
# Called as a script: cmake -DTEMPLATE=... -DOUT=... -DMARK=... -DVERSION=... -DPROGRAM=... -DARGUMENTS=... -P page.cmake
cmake_minimum_required(VERSION 3.22)
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_VARIABLE printed RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ${ARGUMENTS}: exit status ${status}")
endif()
file(READ ${TEMPLATE} text)
string(STRIP "${printed}" printed)
string(REPLACE "@${MARK}@" "${printed}" text "${text}")
string(REPLACE "@VERSION@" "${VERSION}" text "${text}")
file(WRITE ${OUT} "${text}")
