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

# canvass_tests(FOLDER [TOGETHER] [TORCH] DEPENDENCIES...): one test program from every *_test.cc of
# the calling folder. Each test runs in a process of its own; TOGETHER they run in one, for programs
# that take longer to load (libtorch half a second) than a test to run. TORCH: it includes libtorch.
function(canvass_tests folder)
  cmake_parse_arguments(PARSE_ARGV 1 tests "TOGETHER;TORCH" "" "")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${folder} ${sources})
  target_link_libraries(test_${folder} PRIVATE canvass_test_support canvass_${folder}
                        ${tests_UNPARSED_ARGUMENTS})
  set(headers <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp>)
  # Precompiled, the standard headers lose that they are the system's, and GCC 12 misjudges
  # std::string in them (its bug 105651).
  target_compile_options(test_${folder} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds
                         -Wno-stringop-overflow -Wno-stringop-overread>)
  if(tests_TORCH)
    canvass_precompile(test_${folder} test_nn ${headers} <torch/torch.h>)
  elseif(folder STREQUAL cli)  # with definitions of its own
    canvass_precompile(test_cli test_cli ${headers})
  else()
    canvass_precompile(test_${folder} test_base ${headers})
  endif()
  if(tests_TOGETHER)
    add_test(NAME ${folder} COMMAND test_${folder})
    set_tests_properties(${folder} PROPERTIES TIMEOUT 1200)
  else()
    gtest_discover_tests(test_${folder} TEST_PREFIX ${folder}. DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# canvass_precompile(TARGET MAKER HEADERS...): heavy headers (libtorch's 10 s a file, CLI11's 5 s) are
# compiled once, by the target MAKER; others of the same flags and definitions take them from it.
function(canvass_precompile target maker)
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL INTERFACE_LIBRARY)
    return()
  elseif(target STREQUAL maker)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${maker})
  endif()
endfunction()
