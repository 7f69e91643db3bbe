# Warnings, hardening and determinism: the same for every target.
add_library(tidemark_flags INTERFACE)
target_include_directories(tidemark_flags INTERFACE ${CMAKE_SOURCE_DIR}/lib)
target_compile_options(tidemark_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # Results may not depend on the processor: no contraction, no reassociation.
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -fPIE)
target_compile_definitions(tidemark_flags INTERFACE _GLIBCXX_ASSERTIONS
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
target_link_options(tidemark_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

set(TIDEMARK_SANITIZE "" CACHE STRING "address, thread or empty")
if(TIDEMARK_SANITIZE STREQUAL "address")
  target_compile_options(tidemark_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  # Sanitized code takes long to build, and its speed does not matter.
  target_compile_options(tidemark_flags INTERFACE -O1 -g1)
  target_link_options(tidemark_flags INTERFACE -fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The sanitizers' own code makes g++ 12 see uninitialised variables in the standard library.
    target_compile_options(tidemark_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
elseif(TIDEMARK_SANITIZE STREQUAL "thread")
  target_compile_options(tidemark_flags INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(tidemark_flags INTERFACE -fsanitize=thread)
endif()
