# Manual pages and completions, filled in by the tools themselves, and what is installed where.
include(GNUInstallDirs)

add_custom_target(tools)
set(pages "")

# One page out of its template and what a program prints: page(OUTPUT TEMPLATE MARK PROGRAM ARGUMENT...)
function(page output template mark program)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DTEMPLATE=${template} -DOUT=${output} -DMARK=${mark} -DVERSION=${PROJECT_VERSION}
            -DPROGRAM=$<TARGET_FILE:${program}> "-DARGUMENTS=${ARGN}" -P ${CMAKE_SOURCE_DIR}/cmake/page.cmake
    DEPENDS ${program} ${template} ${CMAKE_SOURCE_DIR}/cmake/page.cmake VERBATIM)
  set(pages ${pages} ${output} PARENT_SCOPE)
endfunction()

function(completion output tool shell)
  add_custom_command(OUTPUT ${output} COMMAND ${tool} --generate ${shell} > ${output} DEPENDS ${tool} VERBATIM)
  set(pages ${pages} ${output} PARENT_SCOPE)
endfunction()

set(man_dir ${CMAKE_BINARY_DIR}/man)
set(completions ${CMAKE_BINARY_DIR}/completions)
file(MAKE_DIRECTORY ${man_dir} ${completions}/bash ${completions}/zsh ${completions}/fish)

foreach(tool ${TIDEMARK_TOOLS})
  if(TARGET ${tool})
    add_dependencies(tools ${tool})
    page(${man_dir}/${tool}.1 ${CMAKE_SOURCE_DIR}/man/${tool}.1.in OPTIONS ${tool} --generate man)
    completion(${completions}/bash/${tool} ${tool} bash)
    completion(${completions}/zsh/_${tool} ${tool} zsh)
    completion(${completions}/fish/${tool}.fish ${tool} fish)
    install(TARGETS ${tool} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    install(FILES ${man_dir}/${tool}.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  endif()
endforeach()

add_executable(record-pages ${CMAKE_SOURCE_DIR}/cmake/record_pages.cpp)
target_link_libraries(record-pages PRIVATE tidemark_record tidemark_json fmt::fmt)
tidemark_precompiled(record-pages)
set_target_properties(record-pages PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/cmake)
page(${man_dir}/tidemark-records.5 ${CMAKE_SOURCE_DIR}/man/tidemark-records.5.in RECORDS record-pages)
add_executable(policy-pages ${CMAKE_SOURCE_DIR}/cmake/policy_pages.cpp)
target_link_libraries(policy-pages PRIVATE tidemark_desk fmt::fmt)
set_target_properties(policy-pages PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/cmake)
page(${man_dir}/tidemark-policies.5 ${CMAKE_SOURCE_DIR}/man/tidemark-policies.5.in POLICIES policy-pages)
add_custom_target(pages ALL DEPENDS ${pages})

install(FILES ${man_dir}/tidemark-records.5 ${man_dir}/tidemark-policies.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES ${CMAKE_SOURCE_DIR}/man/tidemark.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(DIRECTORY ${completions}/bash/ DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(DIRECTORY ${completions}/zsh/ DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(DIRECTORY ${completions}/fish/ DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES README.md LICENSE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN quickstart.sh EXCLUDE
  PATTERN make_sample.py EXCLUDE)
