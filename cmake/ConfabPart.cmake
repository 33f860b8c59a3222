# A part is one folder under src/ and one library. Its headers are reached as
# "<part>/name.hpp", and only by targets that link it: each part has an include
# root of its own that holds nothing but a link to its folder. A part that
# includes what it does not stand on therefore does not compile.

add_library(confab_options INTERFACE)
target_compile_options(confab_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Werror
  # The same bytes on every machine: no fused multiply-add behind our back.
  -ffp-contract=off)
if(CONFAB_SANITIZE)
  target_compile_options(confab_options INTERFACE
    -fsanitize=${CONFAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(confab_options INTERFACE -fsanitize=${CONFAB_SANITIZE})
endif()

# confab_part(NAME [STANDS_ON part...] [USES target...] [EXPOSES target...] [SEPARATE file...])
#   STANDS_ON  parts whose headers this one (and those above it) may include
#   USES       libraries from outside, seen by this part only
#   EXPOSES    libraries from outside that this part's headers include
#   SEPARATE   files that cannot share a translation unit with others of the part. Under a sanitizer several files are
#              compiled as one, since most of their time goes into reading the same headers; what a file must include
#              itself, the other presets tell.
function(confab_part name)
  cmake_parse_arguments(PART "" "" "STANDS_ON;USES;EXPOSES;SEPARATE" ${ARGN})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${name} ${root}/${name} SYMBOLIC)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(TRANSFORM PART_STANDS_ON PREPEND confab_ OUTPUT_VARIABLE lower)
  if(NOT sources)
    add_library(confab_${name} INTERFACE)
    target_include_directories(confab_${name} INTERFACE ${root})
    target_link_libraries(confab_${name} INTERFACE ${lower} ${PART_EXPOSES})
    return()
  endif()
  add_library(confab_${name} STATIC ${sources})
  target_include_directories(confab_${name} PUBLIC ${root})
  target_link_libraries(confab_${name} PUBLIC ${lower} ${PART_EXPOSES} PRIVATE ${PART_USES} confab_options)
  if(CONFAB_SANITIZE)
    set_target_properties(confab_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    list(TRANSFORM PART_SEPARATE PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${name}/)
    set_source_files_properties(${PART_SEPARATE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
