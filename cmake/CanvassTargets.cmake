# How every target of canvass is compiled, and the two shapes a folder can have:
# a library under src/ and its tests under tests/.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers are only cached with these allowances.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

add_library(canvass_options INTERFACE)
# -Wrestrict misfires on std::string in GCC 12 (its bug 105329).
target_compile_options(canvass_options INTERFACE -Wall -Wextra -Wshadow
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                       $<$<BOOL:${CANVASS_DEVELOPER}>:-Werror>)
target_include_directories(canvass_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(CANVASS_SANITIZE)
  # Instrumented std::regex misleads GCC 12 into -Wmaybe-uninitialized.
  target_compile_options(canvass_options INTERFACE
                         $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
                         -fsanitize=${CANVASS_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(canvass_options INTERFACE -fsanitize=${CANVASS_SANITIZE})
endif()

# canvass_library(FOLDER DEPENDENCIES...): the library canvass_FOLDER from every .cc below the
# calling folder but a program's main.cc. The dependencies are the arrows of the architecture.
function(canvass_library folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(NOT sources)
    add_library(canvass_${folder} INTERFACE)
    return()
  endif()
  add_library(canvass_${folder} STATIC ${sources})
  target_link_libraries(canvass_${folder} PUBLIC canvass_options ${ARGN})
endfunction()

# canvass_tests(FOLDER [TOGETHER] DEPENDENCIES...): one test program from every *_test.cc of the
# calling folder. Each test runs in a process of its own; TOGETHER they run in one, for programs
# that take longer to load (libtorch half a second) than a test to run.
function(canvass_tests folder)
  cmake_parse_arguments(PARSE_ARGV 1 tests "TOGETHER" "" "")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${folder} ${sources})
  target_link_libraries(test_${folder} PRIVATE canvass_test_support canvass_${folder}
                        ${tests_UNPARSED_ARGUMENTS})
  if(tests_TOGETHER)
    add_test(NAME ${folder} COMMAND test_${folder})
    set_tests_properties(${folder} PROPERTIES TIMEOUT 1200)
  else()
    gtest_discover_tests(test_${folder} TEST_PREFIX ${folder}. DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# canvass_precompile_torch(FOLDER): libtorch's headers cost 20 s a file unless they are compiled
# once; the first folder makes them, the others take them from it.
function(canvass_precompile_torch folder)
  get_target_property(kind canvass_${folder} TYPE)
  if(kind STREQUAL INTERFACE_LIBRARY)
    return()
  elseif(folder STREQUAL nn)
    target_precompile_headers(canvass_nn PRIVATE <torch/torch.h>)
  else()
    target_precompile_headers(canvass_${folder} REUSE_FROM canvass_nn)
  endif()
endfunction()
